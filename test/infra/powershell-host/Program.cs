using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

// Runs the script file that is named, and prints what it puts out, as pwsh -File does.
using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
using var shell = PowerShell.Create(runspace);
shell.AddScript(File.ReadAllText(args[0]));
try
{
    foreach (var item in shell.Invoke()) Console.WriteLine(item);
}
catch (RuntimeException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
foreach (var error in shell.Streams.Error) Console.Error.WriteLine(error);
return shell.HadErrors ? 1 : 0;
