#Requires -Version 7.0
<#
.SYNOPSIS
Lets the app use the calendars of the members of one group, and no other calendars.

.DESCRIPTION
Uses RBAC for Applications in Exchange Online: registers the app's service principal in Exchange, creates a management scope with the
members of the group, and a role assignment of "Application Calendars.ReadWrite" in that scope; then asks Exchange what the app may do
in a mailbox. It can be run any number of times. Existing objects that are correct are kept. If an existing object differs, the script shows it and fails
without a change, because the difference may be intentional.

Do not also consent to Calendars.ReadWrite in Microsoft Entra. That permission covers all mailboxes, and the two add up. The script cannot see such
a consent. Check the permissions of the app under Enterprise applications in the Entra admin center.

Only direct members of the group count, not members of nested groups. The change takes effect in Exchange within two hours.

Needs PowerShell 7, the ExchangeOnlineManagement module, and a sign-in as Exchange Administrator:
  Install-Module ExchangeOnlineManagement -Scope CurrentUser
  Connect-ExchangeOnline

.PARAMETER ClientId
Client id of the app's managed identity: the value CONVOKE_IDENTITY_CLIENT_ID of the deployment.

.PARAMETER ObjectId
Object id of the identity's service principal: the value CONVOKE_IDENTITY_PRINCIPAL_ID of the deployment. Not that of an app registration.

.PARAMETER Group
Address or name of a mail-enabled security group or distribution group.

.PARAMETER TestMailbox
One mailbox in the group and one outside it. Exchange reports whether the app can use each of them.

.PARAMETER Name
Name of the service principal, of the scope and of the role assignment.

.EXAMPLE
./Grant-CalendarAccess.ps1 -ClientId <client id> -ObjectId <object id> -Group organizers@contoso.com -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [ValidateScript({ if ($_ -eq [guid]::Empty) { throw 'Specify the client id of the identity, not zeros.' }; $true })]
    [guid] $ClientId,

    [Parameter(Mandatory)]
    [ValidateScript({ if ($_ -eq [guid]::Empty) { throw 'Specify the object id of the service principal, not zeros.' }; $true })]
    [guid] $ObjectId,

    [Parameter(Mandatory)]
    [ValidateNotNullOrWhiteSpace()]
    [string] $Group,

    [string[]] $TestMailbox = @(),

    [ValidatePattern('^[^\s*''"]([^*''"]*[^\s*''"])?$')]
    [string] $Name = 'Convoke'
)

$ErrorActionPreference = 'Stop'
# That does not reach functions of a module, as the cmdlets of Exchange are: https://github.com/PowerShell/PowerShell/issues/4568
$stop = @{ ErrorAction = 'Stop' }
$role = 'Application Calendars.ReadWrite'
$app = $ClientId.ToString()
$principal = $ObjectId.ToString()

if (-not (Get-Command New-ManagementRoleAssignment -ErrorAction Ignore)) {
    throw 'Exchange is not connected. Run: Install-Module ExchangeOnlineManagement -Scope CurrentUser; Connect-ExchangeOnline'
}
if ($app -eq $principal) {
    throw 'Nothing was changed: the client id and the object id are the same. The object id is CONVOKE_IDENTITY_PRINCIPAL_ID.'
}

# A scope names a group by its distinguished name; a quote in it is doubled.
function Get-Filter {
    $found = @(Get-Recipient -Identity $Group @stop)
    if ($found.Count -ne 1) { throw "Nothing was changed: $($found.Count) groups are called $Group." }
    if ($found[0].RecipientTypeDetails -notin 'MailUniversalSecurityGroup', 'MailUniversalDistributionGroup') {
        throw "Nothing was changed: $Group is not a mail-enabled group but $($found[0].RecipientTypeDetails)."
    }
    "MemberOfGroup -eq '$($found[0].DistinguishedName -replace "'", "''")'"
}

# Exchange gives a filter back with braces or spaces of its own.
function Test-SameFilter($one, $other) {
    ($one -replace '[\s{}()]') -eq ($other -replace '[\s{}()]')
}

# Everything that differs, before anything is changed.
function Get-Conflict($known, $scope, $assignment, $filter) {
    if ($known -and $known.ObjectId -ne $principal) { "the app $app is known under the object id $($known.ObjectId)" }
    if ($scope -and -not (Test-SameFilter $scope.RecipientFilter $filter)) { "the scope $Name has the filter $($scope.RecipientFilter)" }
    if ($assignment -and $assignment.CustomResourceScope -ne $Name) { "the role assignment $Name has the scope $($assignment.CustomResourceScope)" }
    if ($assignment -and $assignment.Role -ne $role) { "the role assignment $Name has the role $($assignment.Role)" }
}

function Set-Part($known, $label, $change) {
    if ($known) { return "The $label already exists." }
    if ($PSCmdlet.ShouldProcess($label, 'create it')) {
        $null = & $change
        "Created the $label."
    }
}

$filter = Get-Filter
$known = Get-ServicePrincipal @stop | Where-Object AppId -eq $app | Select-Object -First 1
$scope = Get-ManagementScope @stop | Where-Object Name -eq $Name | Select-Object -First 1
$assignment = Get-ManagementRoleAssignment @stop | Where-Object Name -eq $Name | Select-Object -First 1

$conflicts = @(Get-Conflict $known $scope $assignment $filter)
if ($conflicts) {
    throw "Nothing was changed: $($conflicts -join '; '). Remove that in Exchange, or choose another -Name."
}
Set-Part $known "service principal $Name ($app)" { New-ServicePrincipal -AppId $app -ObjectId $principal -DisplayName $Name @stop }
Set-Part $scope "management scope $Name ($filter)" { New-ManagementScope -Name $Name -RecipientRestrictionFilter $filter @stop }
Set-Part $assignment "role assignment $Name ($role)" {
    New-ManagementRoleAssignment -Name $Name -App $principal -Role $role -CustomResourceScope $Name @stop
}
if ($WhatIfPreference) { return 'Nothing was changed.' }

foreach ($mailbox in $TestMailbox) {
    $rights = @(Test-ServicePrincipalAuthorization -Identity $principal -Resource $mailbox @stop | Where-Object RoleName -eq $role)
    if ($rights.InScope -contains $true) { "The app can use the calendar of $mailbox." }
    else { "The app is not allowed to use the calendar of $mailbox." }
}
'The change takes effect in Exchange within two hours. Do not also consent to Calendars.ReadWrite in Microsoft Entra, because that permission covers all mailboxes.'
