using Convoke.Kiota;
using Convoke.Kiota.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

/// <summary>The client that Kiota generates.</summary>
static class KiotaClient
{
    public static async Task<object> Run(string app)
    {
        var described = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider());
        _ = new ConvokeClient(described);
        var adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider()) { BaseUrl = $"{app}/api" };
        var client = new ConvokeClient(adapter);
        var made = await client.CreateMeeting.PostAsync(new MeetingRequest
        {
            RequestId = "kiota-1",
            Organizer = "anna@contoso.com",
            TimeZone = "Europe/Lisbon",
            DurationMinutes = 30,
            Meeting = new() { Subject = "From Kiota", StartDateTime = "2030-12-01T14:30:00" },
        });
        var batch = await client.Batches.PostAsync(new Batch
        {
            Defaults = new() { Organizer = "anna@contoso.com", TimeZone = "Europe/Lisbon", DurationMinutes = 30 },
            Requests = [new() { RequestId = "kiota-2", Meeting = new() { Subject = "Row", StartDateTime = "2030-12-01T14:30:00" } }],
        });
        while (batch?.CompletedDateTime is null)
        {
            await Task.Delay(200);
            batch = await client.Batches[batch!.BatchId!].GetAsync(call => call.QueryParameters.Wait = false);
        }
        var results = await client.Batches[batch.BatchId!].Results.GetAsync();
        return new
        {
            baseUrl = described.BaseUrl,
            status = made?.Status?.ToString(),
            created = batch.Counts?.Created,
            rows = results?.Value?.Select(row => $"{row.RequestId} {row.Status}"),
        };
    }
}
