using TrapRuntime.MachineCode;

namespace TrapRuntime.Calls;

/// <summary>Assigns arguments to registers and stack words (System V ABI, AMD64 supplement, 3.2.3; AAPCS64, 6.8.2).</summary>
internal static class ArgumentPlaces
{
    /// <summary>Goes through the parameters in order; each class uses up its own registers, the rest goes to the stack.</summary>
    internal static ArgumentPlace[] Assign(ReadOnlySpan<GuestValueKind> parameters, out int stackWords)
    {
        ProcessorThunks processor = ProcessorThunks.Current;
        ArgumentPlace[] places = new ArgumentPlace[parameters.Length];
        int general = 0;
        int vector = 0;
        stackWords = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            bool isFloat = parameters[i] is GuestValueKind.Float32 or GuestValueKind.Float64;
            if (isFloat && vector < processor.VectorArguments)
            {
                places[i] = new ArgumentPlace(ArgumentStorage.Vector, vector++);
            }
            else if (!isFloat && general < processor.GeneralArguments)
            {
                places[i] = new ArgumentPlace(ArgumentStorage.General, general++);
            }
            else
            {
                places[i] = new ArgumentPlace(ArgumentStorage.Stack, stackWords++);
            }
        }

        return places;
    }
}
