# Stands in for Microsoft's module: functions of a module, which report an error and go on unless told to stop.
# The organization is JSON in $env:EXCHANGE: recipients (type and distinguished name by address), principals, scopes, assignments,
# members (mailboxes of the group), failing (messages by cmdlet).
# https://learn.microsoft.com/exchange/permissions-exo/application-rbac
$exchange = @{ recipients = @{}; principals = @(); scopes = @(); assignments = @(); members = @(); failing = @{} }
foreach ($part in ($env:EXCHANGE | ConvertFrom-Json -AsHashtable).GetEnumerator()) { $exchange[$part.Key] = $part.Value }
$principals = [System.Collections.Generic.List[object]]::new([object[]] @($exchange.principals | ForEach-Object { [pscustomobject] $_ }))
$scopes = [System.Collections.Generic.List[object]]::new([object[]] @($exchange.scopes | ForEach-Object { [pscustomobject] $_ }))
$assignments = [System.Collections.Generic.List[object]]::new([object[]] @($exchange.assignments | ForEach-Object { [pscustomobject] $_ }))
$calls = [System.Collections.Generic.List[string]]::new()

function Connect-ExchangeOnline { 'Signed in.' }

function Get-Recipient {
    [CmdletBinding()] param($Identity)
    $found = $exchange.recipients[$Identity]
    if (-not $found) { return Write-Error "The operation couldn't be performed because object '$Identity' couldn't be found." }
    [pscustomobject]@{ RecipientTypeDetails = $found.type; DistinguishedName = $found.name }
}

function Get-ServicePrincipal { [CmdletBinding()] param() $principals }
function Get-ManagementScope { [CmdletBinding()] param() $scopes }
function Get-ManagementRoleAssignment { [CmdletBinding()] param() $assignments }

function New-ServicePrincipal {
    [CmdletBinding()] param($AppId, $ObjectId, $DisplayName)
    if ($refusal = $exchange.failing[$MyInvocation.MyCommand.Name]) { return Write-Error $refusal }
    $calls.Add("principal $AppId $ObjectId $DisplayName")
    $principals.Add([pscustomobject]@{ AppId = $AppId; ObjectId = $ObjectId })
}

function New-ManagementScope {
    [CmdletBinding()] param($Name, $RecipientRestrictionFilter)
    if ($refusal = $exchange.failing[$MyInvocation.MyCommand.Name]) { return Write-Error $refusal }
    $calls.Add("scope $Name $RecipientRestrictionFilter")
    $scopes.Add([pscustomobject]@{ Name = $Name; RecipientFilter = $RecipientRestrictionFilter })
}

function New-ManagementRoleAssignment {
    [CmdletBinding()] param($Name, $App, $Role, $CustomResourceScope)
    if ($refusal = $exchange.failing[$MyInvocation.MyCommand.Name]) { return Write-Error $refusal }
    $calls.Add("assignment $Name $App $Role $CustomResourceScope")
    $assignments.Add([pscustomobject]@{ Name = $Name; Role = $Role; CustomResourceScope = $CustomResourceScope })
}

function Test-ServicePrincipalAuthorization {
    [CmdletBinding()] param($Identity, $Resource)
    foreach ($assignment in $assignments) {
        [pscustomobject]@{ RoleName = $assignment.Role; InScope = $exchange.members -contains $Resource }
    }
}

function Get-Call { $calls }
