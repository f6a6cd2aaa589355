/// Names and descriptions that say nothing about an operating system.
enum ImageTexts {
    static let plainNames = [
        "web-golden", "billing-base", "node-pool", "db-backup", "golden_image", "edge-proxy",
        "batch-worker",
        "img", "snapshot-restore", "jump-host", "training-node",
    ]
    static let chineseNames = [
        "业务基线", "财务系统", "测试镜像", "数据库备份", "前端基线", "监控节点", "生产环境", "网关节点",
    ]
    static let chineseDescriptions = [
        "生产环境基线镜像，含监控代理", "Web 前端基线，含 nginx 与监控", "自定义镜像", "仅供内网使用", "软件已更新，请勿删除",
        "财务部门专用 \"正式\" 环境", "第一行\n第二行",
    ]
    static let englishDescriptions = [
        "Built by the nightly pipeline", "Hardened baseline; owner: platform team",
        "Restore point before migration", "Contains the agent & the exporter",
    ]

    /// A name with a date and a running number, so that no two rows share it.
    static func customName(_ draw: inout Draw, serial: Int, created: Int64, chinese: Bool) -> String
    {
        let stem = draw.pick(chinese ? chineseNames : plainNames)
        return "\(stem)-\(CalendarText.compactDay(created))-\(serial)"
    }

    /// `nil` in four of ten rows.
    static func description(_ draw: inout Draw) -> String? {
        switch draw.below(10) {
        case 0...3: nil
        case 4...7: draw.pick(chineseDescriptions)
        default: draw.pick(englishDescriptions)
        }
    }

    /// What an edit adds to a name; empty for a row that was never touched.
    static func editSuffix(_ revision: Int) -> String {
        revision == 0 ? "" : "-edit\(revision)"
    }
}
