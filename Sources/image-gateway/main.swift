internal import CSystem
internal import Glibc

csystem_tune_allocator()
signal(SIGPIPE, SIG_IGN)
exit(Program.run(Array(CommandLine.arguments.dropFirst())))
