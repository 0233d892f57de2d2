# Stands in for Microsoft's module: functions of a module, as most of its cmdlets are, which report an error and go on unless told to stop.
# The tenant is JSON in $env:TEAMS_TENANT: policies (apps by name), groups (id and policy, best rank first),
# users (their own policy and their groups by id), failing (messages by cmdlet).
# https://learn.microsoft.com/powershell/module/teams/grant-csapplicationaccesspolicy
$tenant = @{ policies = @{}; groups = @(); users = @{}; failing = @{} }
foreach ($part in ($env:TEAMS_TENANT | ConvertFrom-Json -AsHashtable).GetEnumerator()) { $tenant[$part.Key] = $part.Value }
$groups = [System.Collections.Generic.List[object]]::new([object[]] $tenant.groups)
$calls = [System.Collections.Generic.List[string]]::new()
$type = 'ApplicationAccessPolicy'

function Get-Refusal($name) { $tenant.failing[$name] }

function Get-Assignment {
    for ($index = 0; $index -lt $groups.Count; $index++) {
        [pscustomobject]@{ GroupId = $groups[$index].id; PolicyType = $type; PolicyName = $groups[$index].policy; Rank = $index + 1 }
    }
}

# Direct, else of the group with the best rank.
function Get-Source($user) {
    if ($user.policy) { [pscustomobject]@{ AssignmentType = 'Direct'; PolicyName = $user.policy; Reference = '' } }
    Get-Assignment | Where-Object { $user.groups -contains $_.GroupId } |
        ForEach-Object { [pscustomobject]@{ AssignmentType = 'Group'; PolicyName = $_.PolicyName; Reference = $_.GroupId } }
}

function Connect-MicrosoftTeams { 'Signed in.' }

function Get-CsApplicationAccessPolicy {
    [CmdletBinding()] param()
    foreach ($policy in $tenant.policies.GetEnumerator()) {
        $identity = if ($policy.Key -eq 'Global') { 'Global' } else { "Tag:$($policy.Key)" }
        [pscustomobject]@{ Identity = $identity; AppIds = $policy.Value }
    }
}

function Get-CsGroupPolicyAssignment {
    [CmdletBinding()] param($GroupId, $PolicyType)
    if ($refusal = Get-Refusal $MyInvocation.MyCommand.Name) { return Write-Error $refusal }
    [pscustomobject]@{ GroupId = $GroupId; PolicyType = 'TeamsMeetingPolicy'; PolicyName = 'Elsewhere'; Rank = 1 }
    Get-Assignment | Where-Object { -not $GroupId -or $_.GroupId -eq $GroupId }
}

# Shows the direct policy only.
function Get-CsOnlineUser {
    [CmdletBinding()] param($Identity)
    if (-not $tenant.users.ContainsKey($Identity)) { return Write-Error "Management object not found for identity $Identity." }
    $policy = $tenant.users[$Identity].policy
    [pscustomobject]@{ Identity = $Identity; ApplicationAccessPolicy = if ($policy) { "Tag:$policy" } }
}

function Get-CsUserPolicyAssignment {
    [CmdletBinding()] param($Identity, $PolicyType)
    if ($refusal = Get-Refusal $MyInvocation.MyCommand.Name) { return Write-Error $refusal }
    $sources = @(Get-Source $tenant.users[$Identity])
    if ($sources) { [pscustomobject]@{ PolicyType = $type; PolicyName = $sources[0].PolicyName; PolicySource = $sources } }
}

function New-CsApplicationAccessPolicy {
    [CmdletBinding()] param($Identity, $AppIds, $Description)
    if ($refusal = Get-Refusal $MyInvocation.MyCommand.Name) { return Write-Error $refusal }
    $calls.Add("new $Identity $AppIds")
    $tenant.policies[$Identity] = @($AppIds)
}

function Set-CsApplicationAccessPolicy {
    [CmdletBinding()] param($Identity, $AppIds)
    if ($refusal = Get-Refusal $MyInvocation.MyCommand.Name) { return Write-Error $refusal }
    $calls.Add("set $Identity add $($AppIds.Add)")
    $tenant.policies[$Identity] += @($AppIds.Add)
}

# A rank is a place in the list; without one the group comes last.
function Grant-CsApplicationAccessPolicy {
    [CmdletBinding()] param($Identity, $Group, [Nullable[int]] $Rank, $PolicyName)
    if ($refusal = Get-Refusal $MyInvocation.MyCommand.Name) { return Write-Error $refusal }
    $calls.Add("grant $PolicyName to $Identity$Group$(if ($Rank) { " at $Rank" })")
    if ($Identity) { $tenant.users[$Identity].policy = $PolicyName; return }
    $null = $groups.RemoveAll({ param($each) $each.id -eq $Group })
    $place = if ($Rank) { [Math]::Min($Rank - 1, $groups.Count) } else { $groups.Count }
    $groups.Insert($place, @{ id = $Group; policy = $PolicyName })
}

# For the tests: what was written, in order, and whose apps count for a user.
function Get-Call { $calls }
function Get-EffectiveApp($user) {
    $source = @(Get-Source $tenant.users[$user])[0]
    $tenant.policies[$(if ($source) { $source.PolicyName } else { 'Global' })]
}
