using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Userland.Runtimes;

/// <summary>Other compilers' programs: whole interpreters and compilers, by the commands that users have.</summary>
public sealed class LanguageRuntimeTests
{
    private static SandboxResult Run(Sandbox sandbox, string script, string input = "") =>
        sandbox.RunShell(script, new SandboxRunOptions
        {
            StandardInput = new MemoryStream(Encoding.UTF8.GetBytes(input)),
            Timeout = TimeSpan.FromMinutes(10),
        });

    private static void Gives(Sandbox sandbox, string script, string output, int status = 0, string input = "")
    {
        SandboxResult result = Run(sandbox, script, input);
        Assert.Equal((output, "", status), (result.Stdout, result.Stderr, result.ExitCode));
    }

    private static void Fails(Sandbox sandbox, string script, int status, string error)
    {
        SandboxResult result = Run(sandbox, script);
        Assert.Contains(error, result.Stderr, StringComparison.Ordinal);
        Assert.Equal(status, result.ExitCode);
    }

    [Fact]
    public void Python()
    {
        string folder = Directory.CreateTempSubdirectory("pssandbox-python-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "in.csv"), "a,b\n1,2\n3,4\n");
            using Sandbox sandbox = InstalledRuntimes.Create("python", new SandboxMount(folder, "/data", MountAccess.ReadWrite));
            Gives(sandbox, "python3 -c 'print(1)'", "1\n");
            Gives(sandbox, """
                python3 -c 'import json, re, hashlib, zlib, datetime, decimal, csv, math, random, argparse, pathlib, urllib.parse, xml.etree.ElementTree
                print(json.dumps({"a": [1, None]}), re.findall(r"\d+", "a1b22"), hashlib.sha256(b"x").hexdigest()[:8], zlib.crc32(b"x"))
                print(decimal.Decimal("0.1") * 3, math.factorial(20), 2 ** 100)'
                """, "{\"a\": [1, null]} ['1', '22'] 2d711642 2363233923\n0.3 2432902008176640000 1267650600228229401496703205376\n");
            Gives(sandbox, "python3 -c 'import sys; print(sys.stdin.read().upper(), end=\"\"); sys.exit(3)'", "A LINE\n", 3, "a line\n");
            Fails(sandbox, "python3 -c 'raise ValueError(\"wrong\")'", 1, "ValueError: wrong");
            Fails(sandbox, "python3 missing.py", 2, "missing.py");
            Gives(sandbox, """
                mkdir -p '/root/a b' && cd '/root/a b'
                printf 'answer = 42\n' > helper.py
                printf 'import helper, os, sys\nprint(helper.answer, os.getcwd(), sys.argv[1:], sorted(os.listdir(".")))\nopen("out.txt", "w").write("written")\n' > main.py
                python3 -B main.py 'x  y' '' && cat out.txt
                """, "42 /root/a b ['x  y', ''] ['helper.py', 'main.py']\nwritten");
            Gives(sandbox, """
                cd /tmp && python3 -c 'import csv
                rows = list(csv.DictReader(open("/data/in.csv")))
                open("/data/out.txt", "w").write(str(sum(int(r["a"]) * int(r["b"]) for r in rows)))
                import os; print("root" in os.listdir("/"), os.path.exists("/etc/passwd"))'
                """, "True True\n");
            Assert.Equal("14", File.ReadAllText(Path.Combine(folder, "out.txt")));
            Gives(sandbox, "python3 -c 'import time; a = time.monotonic(); time.sleep(0.05); print(time.monotonic() - a >= 0.05)'", "True\n");
            Assert.Equal(124, sandbox.RunShell("timeout 1 python3 -c 'while True: pass'").ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void QuickJs()
    {
        using Sandbox sandbox = InstalledRuntimes.Create("quickjs");
        Gives(sandbox, "qjs -e 'print([3, 1].sort(), JSON.stringify({ a: args[1] }), 2n ** 70n)' x", "1,3 {\"a\":\"x\"} 1180591620717411303424\n");
        Gives(sandbox, "qjs", "42\n", input: "print(6 * 7)");
        Gives(sandbox, """
            cd /tmp && echo 'export const b = 5;' > m.js
            echo 'import { b } from "./m.js"; setTimeout(() => print("later", b, args[1]), 30); print("now")' > main.js
            qjs main.js y
            """, "now\nlater 5 y\n");
        Gives(sandbox, """
            cd /tmp && echo 'import * as std from "std"; const f = std.open("o.txt", "w"); f.puts("text"); f.close(); print(std.loadFile("/tmp/o.txt")); std.exit(7)' > f.js
            qjs f.js
            """, "text\n", 7);
        Fails(sandbox, "qjs -e 'throw new TypeError(\"wrong\")'", 1, "TypeError: wrong");
        Fails(sandbox, "qjs -e 'let x = ;'", 1, "SyntaxError");
    }

    [Fact]
    public void Ruby()
    {
        using Sandbox sandbox = InstalledRuntimes.Create("ruby");
        Gives(sandbox, "ruby -rjson -e 'puts RUBY_VERSION, JSON.generate({a: [1, nil]}), 2**100'", "3.2.0\n{\"a\":[1,null]}\n1267650600228229401496703205376\n");
        Gives(sandbox, "ruby -e 'puts STDIN.read.upcase; exit 3'", "A LINE\n", 3, "a line\n");
        Gives(sandbox, """
            mkdir -p /root/r && cd /root/r
            echo 'File.write("out.txt", ARGV.inspect); puts Dir.pwd, Dir.children("/").include?("etc"), Dir.children(".").sort.inspect' > main.rb
            ruby main.rb a 'b c' && cat out.txt
            """, "/root/r\ntrue\n[\"main.rb\", \"out.txt\"]\n[\"a\", \"b c\"]");
        Fails(sandbox, "ruby -e 'raise \"wrong\"'", 1, "wrong (RuntimeError)");
    }

    [Fact]
    public void Php()
    {
        using Sandbox sandbox = InstalledRuntimes.Create("php");
        Gives(sandbox, "php -r 'echo PHP_VERSION, \" \", json_encode([1, null]), \" \", hash(\"sha256\", $argv[1]), PHP_EOL; exit(4);' x",
            "8.2.0 [1,null] 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\n", 4);
        Gives(sandbox, """
            mkdir -p /root/p && cd /root/p
            echo '<?php file_put_contents("out.txt", implode(",", array_slice($argv, 1))); echo getcwd(), " ", in_array("etc", scandir("/")), "\n";' > main.php
            php main.php a 'b c' && cat out.txt
            """, "/root/p 1\na,b c");
        Gives(sandbox, "php -d precision=3 -r 'echo 1/3;'", "0.333");
        Gives(sandbox, "php", "7", input: "<?php echo 3 + 4;");
        SandboxResult failed = Run(sandbox, "php -r 'throw new Exception(\"wrong\");'");
        Assert.Contains("Uncaught Exception: wrong", failed.Stdout, StringComparison.Ordinal);
        Assert.Equal(255, failed.ExitCode);
        Gives(sandbox, "ls /tmp", "");
    }

    [Fact]
    public void Sqlite()
    {
        using Sandbox sandbox = InstalledRuntimes.Create("sqlite");
        Gives(sandbox, "sqlite3", "3|1.5\n", input: "create table t(a); insert into t values(1),(2); select sum(a), avg(a) from t;");
        Gives(sandbox, """
            cd /root && sqlite3 test.db 'create table t(name text, n int); create index i on t(n);'
            for i in 1 2 3; do echo "insert into t values('row $i', $i);"; done | sqlite3 test.db
            sqlite3 -header -csv /root/test.db 'select name, n * n as square from t where n > 1 order by n desc'
            head -c 15 test.db
            """, "name,square\n\"row 3\",9\n\"row 2\",4\nSQLite format 3");
        Fails(sandbox, "sqlite3 /tmp/x.db 'select * from absent'", 1, "no such table: absent");
    }

    [Fact]
    public void Clang()
    {
        using Sandbox sandbox = InstalledRuntimes.Create("clang");
        Gives(sandbox, """
            mkdir -p /root/c && cd /root/c
            cat > main.c <<'EOF'
            #include <stdio.h>
            #include <stdlib.h>
            #include "sum.h"
            int main(int argc, char **argv)
            {
                int total = 0;
                for (int i = 1; i < argc; i++)
                    total = sum(total, atoi(argv[i]));
                printf("%s %d\n", NAME, total);
                FILE *f = fopen("out.txt", "w");
                fprintf(f, "%d", total);
                fclose(f);
                return total > 40 ? 5 : 0;
            }
            EOF
            echo 'int sum(int, int);' > sum.h
            echo '#include "sum.h"
            int sum(int a, int b) { return a + b; }' > sum.c
            clang -O2 -Wall '-DNAME="the sum"' -c main.c && clang -c sum.c -o sum.o && clang main.o sum.o -o prog && ./prog 20 22
            echo $? && cat out.txt
            """, "the sum 42\n5\n42");
        Fails(sandbox, "cd /root/c && echo 'int main() { return x; }' > bad.c && clang bad.c", 1, "use of undeclared identifier 'x'");
        Fails(sandbox, "cd /root/c && clang main.o", 1, "undefined symbol: sum");
        Fails(sandbox, "clang missing.c", 1, "no such file or directory: 'missing.c'");
    }

    [Fact]
    public void Esbuild_a_program_of_Go()
    {
        string folder = Directory.CreateTempSubdirectory("pssandbox-esbuild-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "src"));
            File.WriteAllText(Path.Combine(folder, "src", "main.ts"), "import { twice } from './lib';\nimport data from './data.json';\nconst longName: number = twice(21);\nconsole.log(longName, data.name);\n");
            File.WriteAllText(Path.Combine(folder, "src", "lib.ts"), "export function twice(value: number): number { return value * 2; }\nexport const unused = 1;\n");
            File.WriteAllText(Path.Combine(folder, "src", "data.json"), "{\"name\":\"json\"}");
            File.WriteAllText(Path.Combine(folder, "src", "bad.ts"), "import './missing';\nlet x = ;\n");
            using Sandbox sandbox = InstalledRuntimes.Create("esbuild", new SandboxMount(folder, "/project", MountAccess.ReadOnly));
            const string Bundled = "(()=>{function n(e){return e*2}var o={name:\"json\"};var t=n(21);console.log(t,o.name);})();\n";
            SandboxResult result = Run(sandbox, "cp -r /project /root/copy && cd /root/copy && esbuild src/main.ts --bundle --minify --sourcemap --outfile=dist/out.js && cat dist/out.js");
            Assert.Equal(0, result.ExitCode);
            Assert.Equal(Bundled + "//# sourceMappingURL=out.js.map\n", result.Stdout);
            Assert.Contains("../src/lib.ts", Encoding.UTF8.GetString(sandbox.ReadFile("/root/copy/dist/out.js.map")), StringComparison.Ordinal);
            Gives(sandbox, "cd /project && esbuild src/main.ts --bundle --minify --log-level=error", Bundled);
            Gives(sandbox, "esbuild --minify --loader=ts", "let longName=1;console.log(longName);\n", input: "let longName: number = 1;\nconsole.log(longName)\n");
            Fails(sandbox, "esbuild --bundle /project/src/bad.ts", 1, "Unexpected \";\"");
            SandboxResult refused = Run(sandbox, "esbuild --bundle /project/src/main.ts --outfile=/project/out.js");
            Assert.NotEqual(0, refused.ExitCode);
            Assert.False(File.Exists(Path.Combine(folder, "out.js")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
