extension NameLexicon {
    /// Release names that stand for exactly one version of one system. They count only where that
    /// system is named too, and only when no number says it.
    static let releaseNames: [(String, Distribution, ReleaseNumber)] =
        [
            ("hardy", 8, 4), ("lucid", 10, 4), ("precise", 12, 4), ("quantal", 12, 10),
            ("raring", 13, 4), ("saucy", 13, 10), ("trusty", 14, 4), ("utopic", 14, 10),
            ("vivid", 15, 4), ("wily", 15, 10), ("xenial", 16, 4), ("yakkety", 16, 10),
            ("zesty", 17, 4), ("artful", 17, 10), ("bionic", 18, 4), ("cosmic", 18, 10),
            ("disco", 19, 4), ("eoan", 19, 10), ("focal", 20, 4), ("groovy", 20, 10),
            ("hirsute", 21, 4), ("impish", 21, 10), ("jammy", 22, 4), ("kinetic", 22, 10),
            ("lunar", 23, 4), ("mantic", 23, 10), ("noble", 24, 4), ("oracular", 24, 10),
            ("plucky", 25, 4), ("questing", 25, 10),
        ].map { name, year, month in
            (name, .ubuntu, ReleaseNumber(major: year, minor: month, minorDigitCount: 2))
        }
        + [
            ("sarge", 3), ("etch", 4), ("lenny", 5), ("squeeze", 6), ("wheezy", 7), ("jessie", 8),
            ("stretch", 9), ("buster", 10),
            ("bullseye", 11), ("bookworm", 12), ("trixie", 13), ("forky", 14),
        ].map { name, major in
            (name, .debian, ReleaseNumber(major: major))
        }
        + [
            ("tumbleweed", .opensuse, .named(.tumbleweed)),
            ("xp", .windows, .named(.xp)),
            ("vista", .windows, .named(.vista)),
        ]
}
