namespace PSSandbox.FileSystem;

/// <summary>Who makes a call that may block: the way in which every wait in the sandbox stays interruptible.</summary>
internal interface IBlockingCaller
{
    /// <summary>
    /// Waits, as <see cref="Monitor.Wait(object, int)"/> does, on a gate that the calling thread holds.
    /// </summary>
    /// <param name="gate">The held lock; whoever changes what is waited for pulses it.</param>
    /// <param name="millisecondsTimeout">At most this long; -1 without end.</param>
    /// <returns>
    /// <see cref="Errno.None"/> when pulsed (look again), <see cref="Errno.ETIMEDOUT"/>, or
    /// <see cref="Errno.EINTR"/> when a signal came: give that to the program.
    /// </returns>
    Errno Block(object gate, int millisecondsTimeout);
}
