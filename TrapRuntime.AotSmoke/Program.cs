using TrapRuntime.AotSmoke.Commands;

return CommandTable.Run(args);
