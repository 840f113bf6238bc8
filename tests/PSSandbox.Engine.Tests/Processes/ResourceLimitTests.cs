using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Tests.Processes;

public sealed class ResourceLimitTests
{
    private readonly KernelFixture _fixture = new(new KernelOptions { MaxDescriptors = 64, MaxMemoryBytes = 1 << 20, MaxProcesses = 20 });

    [Fact]
    public void A_child_inherits_limits_and_changes_only_its_own()
    {
        _fixture.Run(parent =>
        {
            Assert.Equal(Errno.None, parent.SetLimit(Resource.FileSize, new ResourceLimit(100, 200)));
            _fixture.Child(parent, child =>
            {
                Assert.Equal(new ResourceLimit(100, 200), child.Limits[Resource.FileSize]);
                Assert.Equal(Errno.None, child.SetLimit(Resource.FileSize, new ResourceLimit(50, 50)));
                return 0;
            }).RunInline();
            Assert.Equal(new ResourceLimit(100, 200), parent.Limits[Resource.FileSize]);
            return 0;
        });
    }

    [Fact]
    public void Only_root_raises_a_hard_limit()
    {
        _fixture.Run(process =>
        {
            Assert.Equal(Errno.EINVAL, process.SetLimit(Resource.CpuTime, new ResourceLimit(2, 1)));
            Assert.Equal(Errno.None, process.SetLimit(Resource.CpuTime, new ResourceLimit(1000, 2000)));
            Assert.Equal(Errno.None, process.SetLimit(Resource.CpuTime, new ResourceLimit(1000, 3000)));
            process.User = new Credentials(1000, 1000);
            Assert.Equal(Errno.EPERM, process.SetLimit(Resource.CpuTime, new ResourceLimit(1000, 3001)));
            Assert.Equal(Errno.None, process.SetLimit(Resource.CpuTime, new ResourceLimit(3000, 3000)));
            return 0;
        });
    }

    [Fact]
    public void A_limit_of_the_sandbox_is_above_all()
    {
        _fixture.Run(process =>
        {
            Assert.Equal(Errno.EPERM, process.SetLimit(Resource.OpenFiles, new ResourceLimit(64, 65)));
            Assert.Equal(Errno.None, process.SetLimit(Resource.AddressSpace, new ResourceLimit(ResourceLimit.Unlimited, ResourceLimit.Unlimited)));
            Assert.Equal(Errno.None, process.SetLimit(Resource.Data, new ResourceLimit(ResourceLimit.Unlimited, ResourceLimit.Unlimited)));
            Assert.False(process.TryChargeMemory(2 << 20));
            return 0;
        });
        Assert.Single(_fixture.Kernel.Violations);
    }

    [Theory]
    [InlineData((int)Resource.AddressSpace)]
    [InlineData((int)Resource.Data)]
    public void Memory_beyond_its_own_limit_is_refused_and_no_violation(int resource)
    {
        _fixture.Run(process =>
        {
            Assert.Equal(Errno.None, process.SetLimit((Resource)resource, new ResourceLimit(1000, 1000)));
            Assert.True(process.TryChargeMemory(1000));
            Assert.False(process.TryChargeMemory(1));
            process.ReleaseMemory(500);
            Assert.True(process.TryChargeMemory(500));
            return 0;
        });
        Assert.Empty(_fixture.Kernel.Violations);
    }

    [Fact]
    public void Processes_beyond_its_users_limit_are_refused()
    {
        _fixture.Run(process =>
        {
            process.User = new Credentials(1000, 1000);
            Assert.Equal(Errno.None, process.SetLimit(Resource.Processes, new ResourceLimit(3, 3)));
            Process first = _fixture.Child(process, _ => 0);
            _fixture.Child(process, _ => 0).RunInline();
            Assert.Equal(Errno.EAGAIN, _fixture.Kernel.Fork(process, out _));
            first.RunInline();
            Assert.Equal(Errno.None, process.Wait(-1, WaitOptions.None, out _, out _));
            Assert.Equal(Errno.None, _fixture.Kernel.Fork(process, out _));
            return 0;
        });
    }

    [Fact]
    public void A_file_grows_up_to_the_limit_and_the_signal_ends_the_writer()
    {
        WaitStatus status = _fixture.Run(process =>
        {
            Assert.Equal(Errno.None, process.SetLimit(Resource.FileSize, new ResourceLimit(10, 10)));
            Assert.Equal(Errno.None, _fixture.Kernel.Files.Open(process.Paths, "/f", OpenFlags.ReadWrite | OpenFlags.Create, 0x1a4, out OpenFile? file));
            Assert.Equal(Errno.None, process.Write(file!, "123456"u8, out int count));
            Assert.Equal(Errno.None, process.Write(file!, "789012"u8, out count));
            Assert.Equal(4, count);
            process.SetDisposition(Signal.XFSZ, SignalDisposition.Ignore);
            Assert.Equal(Errno.EFBIG, process.Write(file!, "x"u8, out count));
            Assert.Equal(Errno.EFBIG, process.WriteAt(file!, "x"u8, 10, out count));
            Assert.Equal(Errno.None, process.WriteAt(file!, "xyz"u8, 8, out count));
            Assert.Equal(2, count);
            Assert.Equal(Errno.EFBIG, process.CheckFileSize(11));
            process.SetDisposition(Signal.XFSZ, SignalDisposition.Default);
            process.Write(file!, "x"u8, out count);
            Assert.Fail("SIGXFSZ did not end it");
            return 0;
        });
        Assert.Equal(WaitStatus.ForSignal(Signal.XFSZ), status);
    }

    [Fact]
    public void A_lowered_number_of_descriptors_holds_at_once()
    {
        _fixture.Run(process =>
        {
            Assert.Equal(Errno.None, process.SetLimit(Resource.OpenFiles, new ResourceLimit(1, 64)));
            Assert.Equal(Errno.None, _fixture.Kernel.Files.Open(process.Paths, "/", OpenFlags.ReadOnly, 0, out OpenFile? file));
            Assert.Equal(Errno.None, process.Descriptors.Add(file!, out _));
            Assert.Equal(Errno.EMFILE, process.Descriptors.Add(file!, out _));
            Assert.Equal(Errno.None, process.SetLimit(Resource.OpenFiles, new ResourceLimit(2, 64)));
            Assert.Equal(Errno.None, process.Descriptors.Add(file!.AddReference(), out int descriptor));
            Assert.Equal(1, descriptor);
            return 0;
        });
    }

    [Theory]
    [InlineData(1, 100, (int)Signal.XCPU)]
    [InlineData(1, 1, (int)Signal.KILL)]
    public void Cpu_time_ends_it(int soft, int hard, int signal)
    {
        WaitStatus status = _fixture.Run(process =>
        {
            Assert.Equal(Errno.None, process.SetLimit(Resource.CpuTime, new ResourceLimit(soft, hard)));
            while (true)
            {
                if (process.Attention)
                    process.CheckSignals();
            }
        });
        Assert.Equal(WaitStatus.ForSignal((Signal)signal), status);
    }
}
