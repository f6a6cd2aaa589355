internal import CSystem
internal import Glibc

/// Every system call of this module goes through here: `EINTR` is retried, `EBADF` and `EFAULT`
/// trap because only a mistake of ours makes them, anything else is thrown.
func systemCall(_ name: String, _ call: () -> Int32) throws(SystemError) -> Int32 {
    while true {
        let result = call()
        if result >= 0 { return result }
        let code = errno
        if code == EINTR { continue }
        precondition(
            code != EBADF && code != EFAULT,
            "\(name) was handed a descriptor or address that is not ours"
        )
        throw SystemError(call: name, errno: code)
    }
}
