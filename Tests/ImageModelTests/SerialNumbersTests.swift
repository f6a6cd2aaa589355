import ImageModel
import TestKit
import Testing

@Suite("Serial numbers in names")
struct SerialNumbersTests {
    /// Numbers that rules ask for, and those beside them.
    private static let numbers = [
        "64", "86", "099", "100", "0064", "00002", "0386", "32", "386", "387", "390", "486", "686",
        "299", "300", "810", "999", "1989", "1990", "2012", "2019", "2022", "2049", "2050",
        "2204", "2210", "2213", "3998", "4996", "6010", "7999", "9999", "10000", "20250928",
        "9999999", "123456789012",
    ]
    private static let words = [
        "centos", "CentOS Stream", "ubuntu", "debian", "flatcar", "CoreOS", "gardenlinux", "cos",
        "gentoo", "kali", "alinux 3.", "Alibaba Cloud Linux 3.", "SLES 15 SP", "sles 12 sp",
        "OL9U", "centos6u", "windows", "Windows Server 2012 R", "win2k", "sql ", "k8s", "nixos 16_",
        "ubuntu 16_", "amazon linux ", "x86_", "i", "arm", "v", "rhel-", "FreeBSD ", "#", "-b",
        "web-",
        "img-", "财务系统-", "２", "２０", "年", "_", ".", " ", "r", "build", "G", "k",
    ]

    /// The digits of a text, each run replaced by another as long or by a remarkable one.
    private static func varied(_ name: String, _ random: inout SplitMix) -> String {
        var varied = ""
        for character in name {
            let isDigit = character.isASCII && character.isNumber && random.next() % 3 > 0
            varied.append(isDigit ? Character("\(random.next() % 10)") : character)
        }
        return varied
    }

    private static func name(_ random: inout SplitMix) -> String {
        var name = ""
        for _ in 0...random.next() % 4 {
            name += words[Int(random.next() % UInt64(words.count))]
            if random.next() % 4 > 0 { name += numbers[Int(random.next() % UInt64(numbers.count))] }
        }
        return name
    }

    @Test(
        "A name means the same whatever names with other numbers were read before",
        arguments: 1...4
    )
    func memory(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let known = try (NamedSystem.sample() + NamedSystem.table()).map(\.claims)
        var reader = OperatingSystemReader()
        for _ in 0..<1_000 {
            var claims = known[Int(random.next() % UInt64(known.count))]
            if random.next() % 2 == 0 { claims = OperatingSystemClaims(name: Self.name(&random)) }
            let first = claims.name
            for _ in 0..<3 {
                #expect(
                    reader.finding(for: claims) == claims.understood(),
                    "\(claims), seed \(seed)"
                )
                claims.name = Self.varied(first, &random)
                if random.next() % 4 == 0 { claims.label = first }
            }
        }
    }

    @Test(
        "Numbers are told apart where they matter",
        arguments: [
            "centos ", "Debian 12 x86 64-bit #", "ubuntu-", "Ubuntu 22.04 #", "flatcar-",
            "alinux 3.",
            "sles 15 sp", "ol9u", "windows-", "arch-i", "web-b", "server-14-02-",
        ]
    )
    func everyNumber(stem: String) {
        var reader = OperatingSystemReader()
        var other = OperatingSystemReader()
        // Such a name is too long to be remembered, and says the same.
        let blanks = String(repeating: " ", count: 64)
        for number in Array(0...2_100) + Array(stride(from: 2_107, through: 9_999, by: 17)) {
            let finding = reader.finding(for: OperatingSystemClaims(name: "\(stem)\(number)"))
            let name = "\(stem)\(number)\(blanks)"
            #expect(finding == other.finding(for: OperatingSystemClaims(name: name)))
        }
    }
}
