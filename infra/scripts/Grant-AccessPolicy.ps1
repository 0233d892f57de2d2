<#
.SYNOPSIS
Lets the app make meetings on behalf of the members of a group, or of single users.

.DESCRIPTION
Makes the Teams application access policy if there is none, adds the app to it, and grants it.
Other apps in an existing policy stay in it. A user or group that has a different policy keeps it, and the script fails,
unless -Force is given: there is one policy for each user, and a new one replaces the old one with all its apps.

Needs the MicrosoftTeams module and a sign-in as Teams Administrator:
  Install-Module MicrosoftTeams -Scope CurrentUser
  Connect-MicrosoftTeams
Microsoft Graph follows within 30 minutes.

.PARAMETER ClientId
Client id of the app's managed identity: the value CONVOKE_IDENTITY_CLIENT_ID of the deployment. Not its object id.

.PARAMETER GroupId
Object id of the security group whose members may be organizers.

.PARAMETER Rank
Which policy wins for a member of several groups: 1 is the strongest.

.PARAMETER UserId
Object ids of the users who may be organizers.

.PARAMETER PolicyName
Name of the policy.

.PARAMETER Force
Replaces a different policy that the group or a user has now.

.EXAMPLE
./Grant-AccessPolicy.ps1 -ClientId 00000000-0000-0000-0000-000000000000 -GroupId 11111111-1111-1111-1111-111111111111 -WhatIf
#>
[CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Group')]
param(
    [Parameter(Mandatory)]
    [guid] $ClientId,

    [Parameter(Mandatory, ParameterSetName = 'Group')]
    [guid] $GroupId,

    [Parameter(ParameterSetName = 'Group')]
    [ValidateRange(1, 1000)]
    [int] $Rank = 1,

    [Parameter(Mandatory, ParameterSetName = 'Users')]
    [guid[]] $UserId,

    [ValidatePattern('^[\w.-]+$')]
    [string] $PolicyName = 'Convoke',

    [switch] $Force
)

$ErrorActionPreference = 'Stop'

# Teams writes the name of a policy that belongs to no site as "Tag:<name>".
function Get-PlainName($policy) {
    $name = if ($policy -is [string]) { $policy } else { $policy.Name ?? $policy.Identity }
    if ($name) { $name -replace '^Tag:' }
}

function Set-Policy {
    $app = $ClientId.ToString()
    $policy = Get-CsApplicationAccessPolicy | Where-Object { (Get-PlainName $_.Identity) -eq $PolicyName }
    if (-not $policy) {
        if ($PSCmdlet.ShouldProcess("policy $PolicyName", "make it with the app $app")) {
            $null = New-CsApplicationAccessPolicy -Identity $PolicyName -AppIds $app -Description 'Apps that may make meetings for the users who have this policy.'
            "Made the policy $PolicyName with the app $app."
        }
    } elseif ($policy.AppIds -contains $app) {
        "The policy $PolicyName has the app $app already."
    } elseif ($PSCmdlet.ShouldProcess("policy $PolicyName", "add the app $app")) {
        $null = Set-CsApplicationAccessPolicy -Identity $PolicyName -AppIds @{ Add = $app }
        "Added the app $app to the policy $PolicyName."
    }
}

# Who is to get the policy, what policy they have now, and how they get it.
function Get-Holder {
    if ($PSCmdlet.ParameterSetName -eq 'Group') {
        $assignment = Get-CsGroupPolicyAssignment -GroupId $GroupId.ToString() | Where-Object PolicyType -eq 'ApplicationAccessPolicy'
        return [pscustomobject]@{
            Label = "group $GroupId"
            Current = Get-PlainName $assignment.PolicyName
            Grant = @{ Group = $GroupId.ToString(); Rank = $Rank }
        }
    }
    foreach ($user in $UserId) {
        [pscustomobject]@{
            Label = "user $user"
            Current = Get-PlainName (Get-CsOnlineUser -Identity $user.ToString()).ApplicationAccessPolicy
            Grant = @{ Identity = $user.ToString() }
        }
    }
}

function Grant-Policy($holder) {
    if ($holder.Current -eq $PolicyName) {
        return "The $($holder.Label) has the policy $PolicyName already."
    }
    $action = if ($holder.Current) { "replace the policy $($holder.Current) by $PolicyName" } else { "grant the policy $PolicyName" }
    if ($PSCmdlet.ShouldProcess($holder.Label, $action)) {
        $grant = $holder.Grant
        $null = Grant-CsApplicationAccessPolicy @grant -PolicyName $PolicyName
        "Granted the policy $PolicyName to the $($holder.Label)."
    }
}

if (-not (Get-Command Grant-CsApplicationAccessPolicy -ErrorAction Ignore)) {
    throw 'The MicrosoftTeams module is missing. Run: Install-Module MicrosoftTeams -Scope CurrentUser; Connect-MicrosoftTeams'
}

$holders = @(Get-Holder)
$different = @($holders | Where-Object { $_.Current -and $_.Current -ne $PolicyName })
if ($different -and -not $Force) {
    $list = @($different | ForEach-Object { "the $($_.Label) has $($_.Current)" }) -join '; '
    throw "Nothing was changed, because a policy would be lost: $list. Add the app to that policy instead (-PolicyName <its name>), or replace it (-Force)."
}
Set-Policy
$holders | ForEach-Object { Grant-Policy $_ }
'Microsoft Graph follows within 30 minutes.'
