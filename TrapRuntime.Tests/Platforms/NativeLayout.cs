namespace TrapRuntime.Tests.Platforms;

/// <summary>What a C# struct stands for in the system's headers.</summary>
/// <param name="Type">The C# struct.</param>
/// <param name="NativeType">The C type.</param>
/// <param name="IsWhole">Whether the struct has the C type's size; else it is a prefix of it.</param>
/// <param name="FieldOf">The C expression for a field of another name, or null for its own name.</param>
internal sealed record NativeLayout(Type Type, string NativeType, bool IsWhole = true, Func<string, string>? FieldOf = null)
{
    internal string Field(string name) => FieldOf?.Invoke(name) ?? name;
}
