namespace PSSandbox.Processes;

/// <summary>The limits of a process: never changed in place, so that a child shares its parent's until one sets another.</summary>
internal sealed class ResourceLimits
{
    /// <summary>How many resources there are.</summary>
    public const int Count = 16;

    private readonly ResourceLimit[] _limits;

    private ResourceLimits(ResourceLimit[] limits) => _limits = limits;

    /// <summary>A limit.</summary>
    public ResourceLimit this[Resource resource] => _limits[(int)resource];

    /// <summary>The first process's: those of the sandbox that are a process's too, and none else.</summary>
    public static ResourceLimits Of(KernelOptions options)
    {
        var limits = new ResourceLimit[Count];
        for (int i = 0; i < limits.Length; i++)
            limits[i] = new ResourceLimit(ResourceLimit.Unlimited, ResourceLimit.Unlimited);
        Set(Resource.Stack, ProcessThreads.StackBytes);
        limits[(int)Resource.Core] = new ResourceLimit(0, ResourceLimit.Unlimited);
        Set(Resource.LockedMemory, 0);
        Set(Resource.NicePriority, 0);
        Set(Resource.RealTimePriority, 0);
        Set(Resource.OpenFiles, options.MaxDescriptors);
        if (options.MaxProcesses != 0)
            Set(Resource.Processes, options.MaxProcesses - 1);
        if (options.MaxMemoryBytes != 0)
        {
            Set(Resource.AddressSpace, options.MaxMemoryBytes);
            Set(Resource.Data, options.MaxMemoryBytes);
            Set(Resource.ResidentSet, options.MaxMemoryBytes);
        }

        return new ResourceLimits(limits);

        void Set(Resource resource, long value) => limits[(int)resource] = new ResourceLimit(value, value);
    }

    /// <summary>The same with one of them set.</summary>
    public ResourceLimits With(Resource resource, ResourceLimit limit)
    {
        var limits = (ResourceLimit[])_limits.Clone();
        limits[(int)resource] = limit;
        return new ResourceLimits(limits);
    }
}
