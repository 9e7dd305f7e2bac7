@main struct Synscope { static func main() {} }
