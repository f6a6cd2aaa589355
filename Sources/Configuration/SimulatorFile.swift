/// What a file says about the simulators: `listen`, `images`, `seed`, `latency`, each optional, in JSON5.
public struct SimulatorFile: Sendable, Hashable {
    public var listen: String?
    public var images: Int?
    public var seed: Int?
    public var latency: Duration?

    private static let keys = ["listen", "images", "seed", "latency"]

    /// Fails with every problem, each placed.
    public static func load(
        path: String,
        readFile: ConfigurationLoader.ReadFile = ConfigurationFiles.contents
    ) -> Result<SimulatorFile, SimulatorFileProblems> {
        document(path: path, readFile: readFile).flatMap { read($0, path) }
    }

    /// Fails where the file cannot be read, is no JSON5, or holds a key twice.
    static func document(
        path: String,
        readFile: ConfigurationLoader.ReadFile
    ) -> Result<JSON5Document, SimulatorFileProblems> {
        let bytes: [UInt8]
        do throws(ConfigurationFileFault) {
            bytes = try readFile(path)
        } catch {
            return .failure(.init(lines: ["\(path): error: the file \(error.message)"]))
        }
        do throws(JSON5SyntaxError) {
            let document = try JSON5Document(bytes)
            let lines = duplicates(in: document, path)
            return lines.isEmpty ? .success(document) : .failure(.init(lines: lines))
        } catch {
            let place = SourceText(JSON5Document.withoutMark(bytes)).place(of: error.offset)
            let line = "\(path):\(place.line):\(place.column): error: \(error.message)"
            return .failure(.init(lines: [line]))
        }
    }

    private static func duplicates(in document: JSON5Document, _ path: String) -> [String] {
        document.index.duplicates.sorted { $0.second < $1.second }.map { duplicate in
            let place = document.source.place(of: duplicate.second)
            let first = document.source.place(of: duplicate.first).line
            return "\(path):\(place.line):\(place.column): error: \(duplicate.path): "
                + "the key stands twice; the first is on line \(first)"
        }
    }

    private static func read(
        _ document: JSON5Document,
        _ path: String
    ) -> Result<SimulatorFile, SimulatorFileProblems> {
        guard case .object(let members) = document.tree else {
            return .failure(.init(lines: ["\(path):1:1: error: an object is expected"]))
        }
        var file = SimulatorFile()
        var complaints: [(offset: Int, text: String)] = []
        for (key, value) in members {
            guard let complaint = file.take(key, value) else { continue }
            let offset = document.index.keyOffset(of: ConfigurationPath.root.appending(key))
            complaints.append((offset, "\(key): \(complaint)"))
        }
        if complaints.isEmpty { return .success(file) }
        let lines = complaints.sorted { $0.offset < $1.offset }.map { offset, text in
            let place = document.source.place(of: offset)
            return "\(path):\(place.line):\(place.column): error: \(text)"
        }
        return .failure(.init(lines: lines))
    }

    /// What is wrong with a member; `nil` where it was taken.
    private mutating func take(_ key: String, _ value: JSON5Tree) -> String? {
        switch (key, value) {
        case ("listen", .text(let text)): listen = text
        case ("images", .integer(let number)) where number >= 0: images = number
        case ("seed", .integer(let number)) where number >= 0: seed = number
        case ("latency", .text(let text)):
            do throws(TextComplaint) {
                latency = try DurationText.parse(text)
            } catch {
                return error.description
            }
        case ("listen", _): return "is an address such as \"127.0.0.1:9100\""
        case ("images", _), ("seed", _): return "is a whole number from 0 up"
        case ("latency", _): return "is a duration with its unit such as \"20ms\""
        default:
            let close = Likeness.closest(to: key, among: Self.keys).map {
                "; did you mean \"\($0)\"?"
            }
            return "is not a key" + (close ?? "; known are \(Self.keys.joined(separator: ", "))")
        }
        return nil
    }
}

/// Everything wrong with a simulator file, in order of position.
public struct SimulatorFileProblems: Error, Sendable, Hashable {
    public var lines: [String]
}
