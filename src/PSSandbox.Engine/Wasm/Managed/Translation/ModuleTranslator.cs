using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>Translates a validated module to the image of an assembly.</summary>
internal static class ModuleTranslator
{
    /// <summary>
    /// Translates a module. Methods come in this order: a stub for each imported function, the defined functions, an
    /// invoker for each of <paramref name="invoked"/>, and the bodies that are apart from their function. Where
    /// <paramref name="metered"/>, every instruction costs one unit of fuel.
    /// </summary>
    public static byte[] Translate(ModuleDefinition module, ContextLayout layout, IReadOnlyList<WasmFunctionType> invoked, bool metered)
    {
        CodeAssembly assembly = new();
        FunctionTranslator translator = new(module, layout, assembly, metered);
        translator.SetMethods(0, module.FunctionTypes.Count + invoked.Count);
        List<Action> deferred = [];
        for (int i = 0; i < module.ImportedFunctions; i++)
            translator.AddImport(i);
        for (int i = 0; i < module.Bodies.Count; i++)
            translator.Translate(module.ImportedFunctions + i, module.Bodies[i], deferred);
        for (int i = 0; i < invoked.Count; i++)
            translator.AddInvoker("invoke_" + i, invoked[i]);
        foreach (Action add in deferred)
            add();
        return assembly.Write();
    }

    /// <summary>The types of the functions that the host may call: exported ones and the start function.</summary>
    public static List<WasmFunctionType> InvokedTypes(ModuleDefinition module)
    {
        HashSet<WasmFunctionType> types = new(SignatureComparer.Instance);
        List<WasmFunctionType> result = [];
        foreach (WasmExport export in module.Exports)
        {
            if (export.Kind == WasmExternKind.Function && types.Add(export.FunctionType!))
                result.Add(export.FunctionType!);
        }

        if (module.Start >= 0 && types.Add(module.FunctionType(module.Start)))
            result.Add(module.FunctionType(module.Start));
        return result;
    }
}
