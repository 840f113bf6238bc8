namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>Opcodes of the common intermediate language (ECMA-335, III) that translated code consists of.</summary>
internal static class IL
{
    public const byte Ldarg_0 = 0x02;
    public const byte Ldloc_0 = 0x06;
    public const byte Stloc_0 = 0x0a;
    public const byte Ldarg_S = 0x0e;
    public const byte Starg_S = 0x10;
    public const byte Ldloc_S = 0x11;
    public const byte Ldloca_S = 0x12;
    public const byte Stloc_S = 0x13;
    public const byte Ldc_I4_0 = 0x16;
    public const byte Ldc_I4_S = 0x1f;
    public const byte Ldc_I4 = 0x20;
    public const byte Ldc_I8 = 0x21;
    public const byte Ldc_R4 = 0x22;
    public const byte Ldc_R8 = 0x23;
    public const byte Pop = 0x26;
    public const byte Call = 0x28;
    public const byte Calli = 0x29;
    public const byte Ret = 0x2a;
    public const byte Br = 0x38;
    public const byte Brfalse = 0x39;
    public const byte Brtrue = 0x3a;
    public const byte Beq = 0x3b;
    public const byte Blt = 0x3f;
    public const byte Bge_Un = 0x41;
    public const byte Bgt_Un = 0x42;
    public const byte Bne_Un = 0x40;
    public const byte Blt_Un = 0x44;
    public const byte Switch = 0x45;
    public const byte Ldind_I1 = 0x46;
    public const byte Ldind_U1 = 0x47;
    public const byte Ldind_I2 = 0x48;
    public const byte Ldind_U2 = 0x49;
    public const byte Ldind_I4 = 0x4a;
    public const byte Ldind_U4 = 0x4b;
    public const byte Ldind_I8 = 0x4c;
    public const byte Ldind_I = 0x4d;
    public const byte Ldind_R4 = 0x4e;
    public const byte Ldind_R8 = 0x4f;
    public const byte Stind_I1 = 0x52;
    public const byte Stind_I2 = 0x53;
    public const byte Stind_I4 = 0x54;
    public const byte Stind_I8 = 0x55;
    public const byte Stind_R4 = 0x56;
    public const byte Stind_R8 = 0x57;
    public const byte Stind_I = 0xdf;
    public const byte Add = 0x58;
    public const byte Sub = 0x59;
    public const byte Mul = 0x5a;
    public const byte Div = 0x5b;
    public const byte Div_Un = 0x5c;
    public const byte Rem = 0x5d;
    public const byte Rem_Un = 0x5e;
    public const byte And = 0x5f;
    public const byte Or = 0x60;
    public const byte Xor = 0x61;
    public const byte Shl = 0x62;
    public const byte Shr = 0x63;
    public const byte Shr_Un = 0x64;
    public const byte Neg = 0x65;
    public const byte Conv_I1 = 0x67;
    public const byte Conv_I2 = 0x68;
    public const byte Conv_I4 = 0x69;
    public const byte Conv_I8 = 0x6a;
    public const byte Conv_R4 = 0x6b;
    public const byte Conv_R8 = 0x6c;
    public const byte Conv_U4 = 0x6d;
    public const byte Conv_U8 = 0x6e;
    public const byte Ldobj = 0x71;
    public const byte Conv_R_Un = 0x76;
    public const byte Stobj = 0x81;
    public const byte Conv_I = 0xd3;
    public const byte Conv_U = 0xe0;
    public const byte Prefix = 0xfe;

    /// <summary>Second byte of <c>ceq</c>.</summary>
    public const byte Ceq = 0x01;

    /// <summary>Second byte of <c>cgt</c>.</summary>
    public const byte Cgt = 0x02;

    /// <summary>Second byte of <c>cgt.un</c>.</summary>
    public const byte Cgt_Un = 0x03;

    /// <summary>Second byte of <c>clt</c>.</summary>
    public const byte Clt = 0x04;

    /// <summary>Second byte of <c>clt.un</c>.</summary>
    public const byte Clt_Un = 0x05;

    /// <summary>Second byte of <c>volatile.</c>.</summary>
    public const byte Volatile = 0x13;

    /// <summary>Second byte of <c>localloc</c>.</summary>
    public const byte Localloc = 0x0f;
}
