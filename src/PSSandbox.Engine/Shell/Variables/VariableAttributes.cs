namespace PSSandbox.Shell.Variables;

/// <summary>What <c>declare</c>, <c>export</c>, <c>readonly</c> and <c>local</c> set on a variable.</summary>
[Flags]
internal enum VariableAttributes
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>-x</c>: handed to programs.</summary>
    Exported = 1,

    /// <summary><c>-r</c>: can't be assigned or unset.</summary>
    Readonly = 2,

    /// <summary><c>-i</c>: assigned values are arithmetic expressions.</summary>
    Integer = 4,

    /// <summary><c>-l</c>: assigned values become lower case.</summary>
    Lowercase = 8,

    /// <summary><c>-u</c>: assigned values become upper case.</summary>
    Uppercase = 0x10,

    /// <summary><c>-n</c>: the value is the name of another variable.</summary>
    Nameref = 0x20,

    /// <summary><c>-a</c>: an indexed array, assigned to or not.</summary>
    Indexed = 0x40,

    /// <summary><c>-A</c>: an associative array.</summary>
    Associative = 0x80,

    /// <summary><c>-t</c>: the trace attribute, without meaning for variables.</summary>
    Trace = 0x100,

    /// <summary><c>-c</c>: assigned values are capitalised.</summary>
    Capitalize = 0x200,

    /// <summary>Either kind of array.</summary>
    AnyArray = Indexed | Associative,

    /// <summary>Attributes that change a value when it is assigned.</summary>
    Transforming = Integer | Lowercase | Uppercase | Capitalize,
}
