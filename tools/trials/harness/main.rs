//SOLUTION//
mod trial_ {
    pub trait Told { fn told(&self) -> String; }
    impl Told for i64 { fn told(&self) -> String { self.to_string() } }
    impl Told for Option<i64> { fn told(&self) -> String { self.map_or("null".to_string(), |x| x.to_string()) } }
    impl Told for Vec<i64> { fn told(&self) -> String { format!("{:?}", self) } }
    pub fn run() {
        let mut lines = std::io::stdin().lines().map(|line| line.unwrap());
        let mark = lines.next().unwrap();
        for line in lines {
            let xs: Vec<i64> = line.split_whitespace().map(|word| word.parse().unwrap()).collect();
            println!("\n{} {}", mark, super:://NAME//(&xs).told());
        }
    }
}
fn main() { trial_::run() }
