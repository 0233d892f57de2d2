using Convoke.NSwag;

/// <summary>The client that NSwag generates.</summary>
static class NSwagClient
{
    public static async Task<object> Run(string app)
    {
        using var http = new HttpClient();
        var client = new ConvokeClient(http);
        var described = client.BaseUrl;
        client.BaseUrl = $"{app}/api";
        var made = await client.CreateMeetingAsync(null, null, null, null, null, new MeetingRequest
        {
            RequestId = "nswag-1",
            Organizer = "anna@contoso.com",
            TimeZone = "Europe/Lisbon",
            DurationMinutes = 30,
            Meeting = new() { Subject = "From NSwag", StartDateTime = "2030-12-01T14:30:00" },
        });
        var batch = await client.SubmitBatchAsync(null, "anna@contoso.com", null, "Europe/Lisbon", null, 30, null, null, null, null, null, new Batch
        {
            Requests = [new() { RequestId = "nswag-2", Meeting = new() { Subject = "Row", StartDateTime = "2030-12-01T14:30:00" } }],
        });
        while (batch.CompletedDateTime is null)
        {
            await Task.Delay(200);
            batch = await client.GetBatchAsync(batch.BatchId, false);
        }
        var results = await client.GetBatchResultsAsync(batch.BatchId, null, null, null, null);
        return new
        {
            baseUrl = described,
            status = made.Status.ToString(),
            created = batch.Counts.Created,
            rows = results.Value.Select(row => $"{row.RequestId} {row.Status}"),
        };
    }
}
