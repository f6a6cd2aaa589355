// A key below a secret may be the secret itself: `credentials: { "AKID…": … }`. The words that are known there are
// repeated, and typing errors of them; a problem with any other, or with what stands below it, is told by its place.
extension ConfigurationChecker {
    /// The path as far as a message may repeat it.
    func shown(_ path: ConfigurationPath) -> ConfigurationPath {
        var shown = ConfigurationPath.root
        var isSecret = false
        for step in path.steps {
            if isSecret, case .key(let key) = step, !isPlainWord(key) { return shown }
            shown = shown.appending(step)
            isSecret = isSecret || secretPlaces.contains(shown)
        }
        return shown
    }

    private func isPlainWord(_ key: String) -> Bool {
        let words = ["env", "file"] + schema.descriptors.flatMap(\.credentialKeys)
        return words.contains(key) || Likeness.isTypingError(key, of: words)
    }
}
