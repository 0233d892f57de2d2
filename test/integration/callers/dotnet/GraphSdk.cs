using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.OnlineMeetings.CreateOrGet;
using Microsoft.Kiota.Abstractions.Authentication;

/// <summary>Microsoft's Graph SDK with another base address and a function key.</summary>
static class GraphSdk
{
    public static async Task<object> Run(string app)
    {
        var http = GraphClientFactory.Create();
        http.DefaultRequestHeaders.Add("x-functions-key", "key");
        var graph = new GraphServiceClient(http, new AnonymousAuthenticationProvider(), $"{app}/api/v1.0");
        var meetings = graph.Users["anna@contoso.com"].OnlineMeetings;

        // Built anew for each try: an object that was sent once is sent empty the second time.
        OnlineMeeting Meeting() => new()
        {
            Subject = "From the Graph SDK",
            StartDateTime = DateTimeOffset.Parse("2030-12-01T14:30:00Z"),
            EndDateTime = DateTimeOffset.Parse("2030-12-01T15:00:00Z"),
        };
        var created = await meetings.PostAsync(Meeting(), call => call.Headers.Add("Idempotency-Key", "csharp"));
        var again = Meeting();
        await meetings.PostAsync(again, call => call.Headers.Add("Idempotency-Key", "csharp"));
        var emptied = await meetings.PostAsync(again, call => call.Headers.Add("Idempotency-Key", "csharp"));
        var kept = await meetings.CreateOrGet.PostAsync(new CreateOrGetPostRequestBody
        {
            ExternalId = "csharp",
            Subject = "From the Graph SDK",
        });
        return new
        {
            subject = created?.Subject,
            joinWebUrl = created?.JoinWebUrl,
            sameMeeting = created?.Id == emptied?.Id,
            keptSubject = kept?.Subject,
            withoutKey = await CodeOf(() => meetings.PostAsync(again)),
            missing = await CodeOf(() => graph.Me.GetAsync()),
        };
    }

    static async Task<string?> CodeOf(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (ODataError error)
        {
            return $"{error.ResponseStatusCode} {error.Error?.Code}";
        }
    }
}
