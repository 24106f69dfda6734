namespace TrapRuntime.Activations;

/// <summary>Looks at one thread's block while its thread goes on running: read single words, change nothing.</summary>
internal unsafe delegate void ThreadBlockVisitor(ThreadBlock* thread);
