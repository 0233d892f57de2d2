using System.Text.Json;

// clients <address of the app>: calls it in every way, and prints what came of it as one JSON object.
var app = args[0];
var said = new Dictionary<string, object?>
{
    ["graphSdk"] = await GraphSdk.Run(app),
    ["page"] = await PageSnippet.Run(app),
    ["httpClient"] = await PlainHttp.Run(app),
    ["nswag"] = await NSwagClient.Run(app),
    ["kiota"] = await KiotaClient.Run(app),
};
Console.WriteLine(JsonSerializer.Serialize(said));
