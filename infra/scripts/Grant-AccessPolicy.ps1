#Requires -Version 7.0
<#
.SYNOPSIS
Lets the app create meetings on behalf of the members of a group, or of individual users.

.DESCRIPTION
Creates the Teams application access policy if it does not exist, adds the app to it, and grants it. Other apps in the policy stay in it.
It can be run any number of times.

A user has one such policy at a time: the one granted to them directly, otherwise that of the group with the best rank, otherwise Global.
A new one replaces the old one with all its apps. The script therefore checks all three first. If an app would lose a user,
it changes nothing and fails, unless -Force is set.

Teams applies the policy of a group to its direct members only, not to the members of groups in it. At most 64 groups can have such
a policy. Policies by group do not exist in the DoD cloud. The change takes effect in Microsoft Graph within 30 minutes.
For members of a large group, it can take 24 hours or more.

Needs PowerShell 7, the MicrosoftTeams module, and a sign-in as Teams Administrator:
  Install-Module MicrosoftTeams -Scope CurrentUser
  Connect-MicrosoftTeams

.PARAMETER ClientId
Client id of the app's managed identity: the value CONVOKE_IDENTITY_CLIENT_ID of the deployment. Not its object id.

.PARAMETER GroupId
Object id of the security group whose direct members can be organizers.

.PARAMETER Rank
Which policy takes precedence for a member of several groups: 1 is the best. If absent, the policies of all other groups take precedence.

.PARAMETER UserId
Object ids of the users who can be organizers.

.PARAMETER PolicyName
Name of the policy. It cannot be Global, which applies to everyone.

.PARAMETER Force
Grants the policy even if another app loses users.

.EXAMPLE
./Grant-AccessPolicy.ps1 -ClientId <client id of the identity> -GroupId <object id of the group> -WhatIf
#>
[CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Group')]
param(
    [Parameter(Mandatory)]
    [ValidateScript({ if ($_ -eq [guid]::Empty) { throw 'Specify the client id of the identity, not zeros.' }; $true })]
    [guid] $ClientId,

    [Parameter(Mandatory, ParameterSetName = 'Group')]
    [guid] $GroupId,

    [Parameter(ParameterSetName = 'Group')]
    [ValidateRange(1, 64)]
    [int] $Rank,

    [Parameter(Mandatory, ParameterSetName = 'Users')]
    [guid[]] $UserId,

    [ValidateScript({
        if ($_ -match '^(Tag:)?\s*Global\s*$') { throw 'The policy Global applies to everyone. Choose another name.' }
        if ($_ -notmatch '^[^\s:]([^:\p{C}]*[^\s:])?$') { throw 'Specify the name of a policy without the prefix "Tag:".' }
        $true
    })]
    [string] $PolicyName = 'Convoke',

    [switch] $Force
)

$ErrorActionPreference = 'Stop'
# That does not reach functions of a module, as most Teams cmdlets are: https://github.com/PowerShell/PowerShell/issues/4568
$stop = @{ ErrorAction = 'Stop' }
$policyType = 'ApplicationAccessPolicy'
$app = $ClientId.ToString()

# Teams writes the name of a policy that belongs to no site as "Tag:<name>".
function Get-PlainName($policy) {
    $name = if ($policy -is [string]) { $policy } elseif ($policy.Name) { $policy.Name } else { $policy.Identity }
    if ($name) { $name -replace '^Tag:' }
}

# The policy that a user has now, and where it comes from. A user without one has the policy Global.
function Get-UserPolicy($user) {
    $found = Get-CsOnlineUser -Identity $user @stop
    if (-not $found) { throw "Nothing was changed: Teams has no user $user." }
    $assignment = Get-CsUserPolicyAssignment -Identity $user -PolicyType $policyType @stop | Where-Object PolicyType -eq $policyType
    $name = Get-PlainName $(if ($assignment) { $assignment.PolicyName } else { $found.ApplicationAccessPolicy })
    $source = @($assignment.PolicySource)[0]
    if ($name) { @{ Name = $name; By = if ($source.AssignmentType -eq 'Group') { " by the group $($source.Reference)" } } }
}

# A user without a policy has the apps of Global. The granted policy takes its place: apps that it lacks are lost.
function Get-LossFromGlobal($policies) {
    $own = $policies | Where-Object { (Get-PlainName $_) -eq $PolicyName }
    $global = $policies | Where-Object { (Get-PlainName $_) -eq 'Global' }
    $lost = @($global.AppIds | Where-Object { $_ -and $_ -ne $app -and $own.AppIds -notcontains $_ })
    if ($lost) { "the policy Global, which applies where there is no other, has apps that $PolicyName does not have: $($lost -join ', ')" }
}

# Who gets the policy, whether they have it already, and what they would lose.
function Get-UserHolder($user, $policies) {
    $current = Get-UserPolicy $user
    [pscustomobject]@{
        Label = "user $user"
        Has = $current.Name -eq $PolicyName
        Losses = @(
            if (-not $current) { Get-LossFromGlobal $policies }
            elseif ($current.Name -ne $PolicyName) { "the user $user has the policy $($current.Name)$($current.By)" }
        )
        Grant = @{ Identity = $user }
    }
}

function Get-GroupHolder($group, $policies) {
    $all = @(Get-CsGroupPolicyAssignment -PolicyType $policyType @stop | Where-Object PolicyType -eq $policyType)
    $own = $all | Where-Object GroupId -eq $group
    $others = @($all | Where-Object { $_.GroupId -ne $group -and (Get-PlainName $_.PolicyName) -ne $PolicyName })
    $has = (Get-PlainName $own.PolicyName) -eq $PolicyName
    $position = if ($has) { $own.Rank } elseif ($Rank) { $Rank } else { [int]::MaxValue }
    foreach ($other in $others | Where-Object Rank -lt $position) {
        Write-Warning "Members who are also in the group $($other.GroupId) keep its policy $(Get-PlainName $other.PolicyName). The app cannot create meetings for them."
    }
    if ($has -and $Rank -and $own.Rank -ne $Rank) {
        Write-Warning "The rank of the group stays $($own.Rank). To change it: Set-CsGroupPolicyAssignment -GroupId $group -PolicyType $policyType -Rank $Rank"
    }
    [pscustomobject]@{
        Label = "group $group"
        Has = $has
        Losses = @(
            if (-not $own) { Get-LossFromGlobal $policies }
            elseif (-not $has) { "the group $group has the policy $(Get-PlainName $own.PolicyName)" }
            if (-not $has) {
                $others | Where-Object Rank -ge $position |
                    ForEach-Object { "members who are also in the group $($_.GroupId) have its policy $(Get-PlainName $_.PolicyName)" }
            }
        )
        Grant = @{ Group = $group } + $(if ($Rank) { @{ Rank = $Rank } } else { @{} })
    }
}

function Set-Policy($policies) {
    $policy = $policies | Where-Object { (Get-PlainName $_) -eq $PolicyName }
    if (-not $policy) {
        if ($PSCmdlet.ShouldProcess("policy $PolicyName", "create it with the app $app")) {
            $null = New-CsApplicationAccessPolicy -Identity $PolicyName -AppIds $app -Description 'Apps that can create meetings for the users who have this policy.' @stop
            "Created the policy $PolicyName with the app $app."
        }
    } elseif ($policy.AppIds -contains $app) {
        "The policy $PolicyName already has the app $app."
    } elseif ($PSCmdlet.ShouldProcess("policy $PolicyName", "add the app $app")) {
        $null = Set-CsApplicationAccessPolicy -Identity $PolicyName -AppIds @{ Add = $app } @stop
        "Added the app $app to the policy $PolicyName."
    }
}

function Grant-Policy($holder) {
    if ($holder.Has) { return "The $($holder.Label) already has the policy $PolicyName." }
    if ($PSCmdlet.ShouldProcess($holder.Label, "grant the policy $PolicyName")) {
        $grant = $holder.Grant
        $null = Grant-CsApplicationAccessPolicy @grant -PolicyName $PolicyName @stop
        "Granted the policy $PolicyName to the $($holder.Label)."
    }
}

if (-not (Get-Command Grant-CsApplicationAccessPolicy -ErrorAction Ignore)) {
    throw 'The MicrosoftTeams module is missing. Run: Install-Module MicrosoftTeams -Scope CurrentUser; Connect-MicrosoftTeams'
}

$policies = @(Get-CsApplicationAccessPolicy @stop)
$holders = @(
    if ($PSCmdlet.ParameterSetName -eq 'Group') { Get-GroupHolder $GroupId.ToString() $policies }
    else { $UserId | ForEach-Object { Get-UserHolder $_.ToString() $policies } }
)
$losses = @($holders.Losses | Select-Object -Unique)
if ($losses -and -not $Force) {
    throw "Nothing was changed, because apps would lose users: $($losses -join '; '). " +
    "Add the app to the policy that they have (-PolicyName '<its name>'), or add their apps to $PolicyName, or accept the loss (-Force)."
}
foreach ($loss in $losses) { Write-Warning "Lost by -Force: $loss." }
Set-Policy $policies
$holders | ForEach-Object { Grant-Policy $_ }
if ($WhatIfPreference) { 'Nothing was changed.' }
else { 'The policy takes effect in Microsoft Graph within 30 minutes. For members of a large group, it can take 24 hours or more.' }
