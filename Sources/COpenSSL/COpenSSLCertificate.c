#include "COpenSSL.h"

#include <openssl/x509v3.h>
#include <time.h>

X509 *copenssl_verified_peer(SSL *session) {
    if (SSL_get_verify_result(session) != X509_V_OK) return NULL;
    return SSL_get1_peer_certificate(session);
}

int copenssl_trusts_peer(SSL_CTX *context, SSL *session) {
    X509 *certificate = SSL_get1_peer_certificate(session);
    if (!certificate) return 1;
    X509_STORE_CTX *check = X509_STORE_CTX_new();
    int is_trusted =
        check
        && X509_STORE_CTX_init(check, SSL_CTX_get_cert_store(context), certificate,
                               SSL_get_peer_cert_chain(session)) == 1
        && X509_STORE_CTX_set_default(check, "ssl_client") == 1 && X509_verify_cert(check) == 1;
    X509_STORE_CTX_free(check);
    X509_free(certificate);
    ERR_clear_error();
    return is_trusted;
}

// What was written to a memory BIO, as a text of its own.
static char *text_of(BIO *memory) {
    char *data = NULL;
    long length = BIO_get_mem_data(memory, &data);
    return OPENSSL_strndup(length > 0 ? data : "", length > 0 ? (size_t)length : 0);
}

char *copenssl_certificate_subject(X509 *certificate) {
    char *text = NULL;
    BIO *memory = BIO_new(BIO_s_mem());
    if (memory
        && X509_NAME_print_ex(memory, X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253) >= 0) {
        text = text_of(memory);
    }
    BIO_free(memory);
    return text;
}

static int is_plain(const unsigned char *data, int length) {
    for (int index = 0; index < length; index++) {
        if (data[index] <= 0x20 || data[index] >= 0x7f) return 0;
    }
    return length > 0;
}

static void print_name(BIO *memory, const GENERAL_NAME *name) {
    const char *kind = name->type == GEN_DNS ? "dns"
        : name->type == GEN_URI              ? "uri"
        : name->type == GEN_EMAIL            ? "email"
                                             : NULL;
    if (!kind) return;
    const unsigned char *data = ASN1_STRING_get0_data(name->d.ia5);
    int length = ASN1_STRING_length(name->d.ia5);
    if (is_plain(data, length)) BIO_printf(memory, "%s:%.*s\n", kind, length, (const char *)data);
}

char *copenssl_certificate_names(X509 *certificate) {
    BIO *memory = BIO_new(BIO_s_mem());
    if (!memory) return NULL;
    GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
    for (int index = 0; index < sk_GENERAL_NAME_num(names); index++) {
        print_name(memory, sk_GENERAL_NAME_value(names, index));
    }
    GENERAL_NAMES_free(names);
    char *text = text_of(memory);
    BIO_free(memory);
    return text;
}

int copenssl_certificate_fingerprint(X509 *certificate, unsigned char fingerprint[32]) {
    unsigned int length = 0;
    return X509_digest(certificate, EVP_sha256(), fingerprint, &length) == 1 && length == 32;
}

int64_t copenssl_certificate_expiry(X509 *certificate) {
    struct tm time;
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &time) != 1) return 0;
    return (int64_t)timegm(&time);
}

int copenssl_holds_authorities(const char *file) {
    X509_STORE *store = X509_STORE_new();
    int is_loaded = store && X509_STORE_load_locations(store, file, NULL) == 1;
    X509_STORE_free(store);
    ERR_clear_error();
    return is_loaded;
}
