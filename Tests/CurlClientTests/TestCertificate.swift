import COpenSSL
import Glibc
import Upstreams

/// A self-signed certificate for an address, made for one test.
final class TestCertificate: @unchecked Sendable {
    // Invariant: nothing changes after `init`; OpenSSL only counts references.
    let certificate: OpaquePointer?
    let key: OpaquePointer?
    /// Its own authority.
    let bundle: AuthorityBundle

    /// `lastDay` counts from now; negative means expired.
    init(address: [UInt8] = [127, 0, 0, 1], lastDay: Int = 1) {
        key = Self.makeKey()
        certificate = X509_new()
        X509_set_version(certificate, 2)
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), Int.random(in: 1..<1 << 40))
        X509_gmtime_adj(X509_getm_notBefore(certificate), -10 * 86_400)
        X509_gmtime_adj(X509_getm_notAfter(certificate), lastDay * 86_400)
        X509_set_pubkey(certificate, key)
        let name = X509_get_subject_name(certificate)
        let text = Array("image-gateway test".utf8)
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_FLAG, text, Int32(text.count), -1, 0)
        X509_set_issuer_name(certificate, name)
        Self.add(address, to: certificate)
        X509_sign(certificate, key, nil)
        bundle = AuthorityBundle(file: "certificate.pem", pem: Self.pem(certificate))
    }

    deinit {
        X509_free(certificate)
        EVP_PKEY_free(key)
    }

    private static func makeKey() -> OpaquePointer? {
        let context = EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        EVP_PKEY_keygen_init(context)
        EVP_PKEY_keygen(context, &key)
        return key
    }

    /// The subject's alternative name: a sequence of one address, in DER.
    private static func add(_ address: [UInt8], to certificate: OpaquePointer?) {
        let name: [UInt8] = [0x30, 0x06, 0x87, 0x04] + address
        let value = ASN1_OCTET_STRING_new()
        ASN1_OCTET_STRING_set(value, name, Int32(name.count))
        let entry = X509_EXTENSION_create_by_NID(nil, NID_subject_alt_name, 0, value)
        X509_add_ext(certificate, entry, -1)
        X509_EXTENSION_free(entry)
        ASN1_OCTET_STRING_free(value)
    }

    private static func pem(_ certificate: OpaquePointer?) -> [UInt8] {
        let memory = BIO_new(BIO_s_mem())
        defer { BIO_free(memory) }
        PEM_write_bio_X509(memory, certificate)
        return [UInt8](unsafeUninitializedCapacity: 4_096) { buffer, count in
            count = max(0, Int(BIO_read(memory, buffer.baseAddress, Int32(buffer.count))))
        }
    }
}
