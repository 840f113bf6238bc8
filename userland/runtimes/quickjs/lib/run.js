// What qjs runs: a module, or code given as text; what it does not catch ends it with status 1, which the program itself
// would not do. globalThis.args is [file, arguments...].
import * as std from 'std';

const [, how, what] = globalThis.args;
const evaluate = eval;  // indirect: in the global scope; std.evalScript corrupts this program's memory

function fail(error) {
    std.out.flush();
    std.err.puts(error instanceof Error ? `${error}\n${error.stack ?? ''}` : `Uncaught ${error}\n`);
    std.err.flush();
    std.exit(1);
}

async function run() {
    globalThis.args.splice(0, 2);
    if (how === 'module')
        await import(what);
    else if (how === 'code')
        evaluate(what);
    else
        evaluate(std.in.readAsString());
}

run().catch(fail);
