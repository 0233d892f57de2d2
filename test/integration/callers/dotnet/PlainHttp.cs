using System.Net.Http.Json;

/// <summary>The commonest call of .NET, whose body has no length.</summary>
static class PlainHttp
{
    public static async Task<object> Run(string app)
    {
        using var http = new HttpClient();
        var answer = await http.PostAsJsonAsync($"{app}/api/createMeeting", new
        {
            requestId = "from-http-client",
            organizer = "anna@contoso.com",
            meeting = new { subject = "From HttpClient", startDateTime = "2030-12-01T14:30:00Z", endDateTime = "2030-12-01T15:00:00Z" },
        });
        return new { status = (int)answer.StatusCode };
    }
}
