// What a Rust program does with its system: arguments, environment, files, threads, and every way to end.
use std::io::{Read, Write};
use std::{env, fs, process, thread};

fn main() {
    let arguments: Vec<String> = env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some("files") => files(),
        Some("panic") => panic!("on purpose"),
        Some("abort") => process::abort(),
        Some("exit") => process::exit(arguments[2].parse().unwrap()),
        Some("overflow") => println!("{}", recurse(1)),
        Some("index") => println!("{}", vec![1, 2, 3][arguments.len() + 5]),
        Some("thread") => match thread::Builder::new().spawn(|| 1) {
            Ok(_) => println!("started"),
            Err(error) => println!("refused: {:?}", error.kind()),
        },
        _ => {
            let mut input = String::new();
            std::io::stdin().read_to_string(&mut input).unwrap();
            println!("{:?} {:?} {}", &arguments[1..], env::var("NAME").ok(), input.trim().to_uppercase());
        }
    }
}

fn files() {
    fs::create_dir_all("made/inner").unwrap();
    let mut file = fs::File::create("made/inner/a.txt").unwrap();
    file.write_all(b"text").unwrap();
    drop(file);
    fs::rename("made/inner/a.txt", "made/b.txt").unwrap();
    fs::remove_dir("made/inner").unwrap();
    let names: Vec<_> = fs::read_dir("made").unwrap().map(|e| e.unwrap().file_name()).collect();
    println!("{:?} {} {}", names, fs::read_to_string("made/b.txt").unwrap(), fs::metadata("made/b.txt").unwrap().len());
    println!("{:?} {}", fs::read("/nowhere").unwrap_err().kind(), fs::read_to_string("/etc/hostname").unwrap().trim());
}

#[inline(never)]
fn recurse(depth: u64) -> u64 {
    let block = [depth; 64];
    if unsafe { std::ptr::read_volatile(&depth) } == 0 { 0 } else { recurse(depth + 1) + block[(depth % 64) as usize] }
}
