/// One list of images as a provider of some dialect sends it, with the paths that it answers.
struct ListBody {
    /// Request lines' method and path, without the query.
    let routes: [String]
    let text: String

    /// Ten digits of the first image's name or description; a list that changes counts in them. No id has them.
    static let revision = "7000000000"
}

/// Lists of the five dialects, about 56 KB for 25 images each: every member that the providers' own
/// documentation shows, the same systems everywhere, dates spread over years.
enum ListBodies {
    static func all(_ count: Int) -> [ListBody] {
        let rows = (0..<count).map(Row.init)
        return [
            ListBody(
                routes: ["GET /aries/api/v1/image/list", "GET /aries"],
                text: "[\(rows.map(aries).joined(separator: ","))]"
            ),
            ListBody(
                routes: ["POST /api/v2/vm", "GET /zenlayer"],
                text: """
                    {"requestId":"T\(Row.uuid(9))","response":{"requestId":"T\(Row.uuid(9))",\
                    "totalCount":\(count),"images":[\(rows.map(zenlayer).joined(separator: ","))]}}
                    """
            ),
            ListBody(
                routes: ["GET /v2/images", "GET /huawei"],
                text: """
                    {"schema":"/v2/schemas/images","first":"/v2/images?limit=100",\
                    "images":[\(rows.map(huawei).joined(separator: ","))]}
                    """
            ),
            ListBody(
                routes: ["POST /", "GET /tencent"],
                text: """
                    {"Response":{"TotalCount":\(count),"RequestId":"\(Row.uuid(8))",\
                    "ImageSet":[\(rows.map(tencent).joined(separator: ","))]}}
                    """
            ),
            ListBody(
                routes: ["GET /api/v1/images", "GET /gmi"],
                text: "[\(rows.map(gmi).joined(separator: ","))]"
            ),
        ]
    }

    private static func aries(_ row: Row) -> String {
        """
        {"id":\(row.index + 1),"name":"\(row.system)-\(row.version)-x64","os_type":"\(row.family)",\
        "os_name":"\(row.system)","description":"\(row.label) 64位基础镜像 \(row.revision)",\
        "created_at":"\(row.date)","updated_at":"\(row.date)"}
        """
    }

    private static func zenlayer(_ row: Row) -> String {
        """
        {"imageId":"img-\(row.digits(8))","imageName":"\(row.label) \(row.revision)",\
        "imageStatus":"AVAILABLE","imageSize":30,"imageDescription":"这是一个自定义镜像",\
        "regionId":"de-frankfurt-9a","createTime":"\(row.date)","category":"\(row.system)",\
        "type":"\(row.family)","version":"\(row.version)"}
        """
    }

    private static func huawei(_ row: Row) -> String {
        """
        {"schema":"/v2/schemas/image","min_disk":100,"created_at":"\(row.date)",\
        "__image_source_type":"uds","container_format":"bare","file":"/v2/images/\(row.uuid)/file",\
        "updated_at":"\(row.date)","protected":true,"checksum":"d41d8cd98f00b204e9800998ecf8427e",\
        "id":"\(row.uuid)","__isregistered":"true","min_ram":2048,"__lazyloading":"true",\
        "owner":"1bed856811654c1cb661a6ca845ebc77","__os_type":"\(row.familyTitle)",\
        "__imagetype":"gold","visibility":"public","virtual_env_type":"FusionCompute","tags":[],\
        "__platform":"\(row.system)","size":0,"__os_bit":"64","__os_version":"\(row.label) 64bit",\
        "name":"\(row.label) 64bit \(row.revision)","self":"/v2/images/\(row.uuid)",\
        "disk_format":"zvhd2","virtual_size":null,"hw_firmware_type":"bios","status":"active"}
        """
    }

    private static func tencent(_ row: Row) -> String {
        """
        {"ImageId":"img-\(row.digits(8))","OsName":"\(row.label) 64bit","ImageType":"PUBLIC_IMAGE",\
        "CreatedTime":"\(row.date)","ImageName":"\(row.system) Server \(row.version) LTS 64bit",\
        "ImageDescription":"\(row.label) 64位标准镜像 \(row.revision)","ImageSize":50,\
        "Architecture":"x86_64","ImageState":"NORMAL","Platform":"\(row.system)",\
        "ImageCreator":null,"ImageSource":"OFFICIAL","SyncPercent":null,"IsSupportCloudinit":true,\
        "SnapshotSet":[],"Tags":[],"LicenseType":"TencentCloud"}
        """
    }

    private static func gmi(_ row: Row) -> String {
        """
        {"id":"\(row.uuid)","type":"Public","createdAt":"\(row.date)","supportedProducts":["h100"],\
        "BootMode":"UEFI","DefaultPartitionTable":[{"name":"root","mountPoint":"/","size":"100G",\
        "fileSystem":"ext4"}],"OSArchitecture":"x86_64","OSSeries":"\(row.system)",\
        "OSVersion":"\(row.version)","SystemDiskSize":"100G",\
        "icon":"https://images.example/icons/\(row.family).png","idc":"us-denver-1",\
        "name":"\(row.label) \(row.revision)","orgId":"\(Row.uuid(7))",\
        "path":"/images/\(row.uuid)"}
        """
    }
}

/// What the dialects say about the same image.
private struct Row {
    let index: Int

    private static let systems = [
        ("Ubuntu", "22.04"), ("CentOS", "7.9"), ("Debian", "12"), ("Windows", "2019"),
        ("Ubuntu", "20.04"), ("Rocky Linux", "9.3"),
    ]

    var system: String { Row.systems[index % Row.systems.count].0 }
    var version: String { Row.systems[index % Row.systems.count].1 }
    var label: String { "\(system) \(version)" }
    var family: String { system == "Windows" ? "windows" : "linux" }
    var familyTitle: String { system == "Windows" ? "Windows" : "Linux" }
    var revision: String { index == 0 ? ListBody.revision : "build \(1000 + index)" }
    var uuid: String { Row.uuid(index) }

    var date: String {
        let (year, month, day) = (2020 + index % 5, 1 + index % 12, 1 + index % 28)
        return "\(year)-\(Row.padded(month, 2))-\(Row.padded(day, 2))"
            + "T\(Row.padded(index % 24, 2)):\(Row.padded(index * 7 % 60, 2)):27Z"
    }

    func digits(_ count: Int) -> String { Row.padded(index + 1, count) }

    static func uuid(_ number: Int) -> String {
        let tail = padded(number * 7919 % 1_000_000, 12)
        return "bc6bed6e-ba3a-4447-afcc-\(tail)"
    }

    private static func padded(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
