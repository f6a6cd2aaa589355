#include "COpenSSL.h"

#include <string.h>
#include <time.h>

static const unsigned char http11[] = "\x08http/1.1";

// A client that offers protocols of which we speak none is told so (RFC 7301 section 3.2).
static int select_protocol(
    SSL *session, const unsigned char **chosen, unsigned char *chosen_length,
    const unsigned char *offered, unsigned int offered_length, void *argument
) {
    (void)session;
    (void)argument;
    int result = SSL_select_next_proto(
        (unsigned char **)chosen, chosen_length, http11, sizeof http11 - 1, offered, offered_length);
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

SSL_CTX *copenssl_server_context(void) {
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (!context) return NULL;
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_options(
        context,
        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(
        context,
        SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
            | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(context, select_protocol, NULL);
    static const unsigned char identity[] = "image-gateway";
    SSL_CTX_set_session_id_context(context, identity, sizeof identity - 1);
    return context;
}

int copenssl_server_use_chain(SSL_CTX *context, const char *chain_file) {
    ERR_clear_error();
    return SSL_CTX_use_certificate_chain_file(context, chain_file) == 1;
}

static int seconds_of(const ASN1_TIME *time, int64_t *seconds) {
    struct tm parts;
    if (ASN1_TIME_to_tm(time, &parts) != 1) return 0;
    *seconds = (int64_t)timegm(&parts);
    return 1;
}

int copenssl_server_validity(SSL_CTX *context, int64_t *begin, int64_t *end) {
    X509 *certificate = SSL_CTX_get0_certificate(context);
    return certificate && seconds_of(X509_get0_notBefore(certificate), begin)
        && seconds_of(X509_get0_notAfter(certificate), end);
}

// OpenSSL would ask for it at the terminal.
static int no_password(char *password, int size, int is_for_writing, void *argument) {
    (void)password;
    (void)size;
    (void)is_for_writing;
    (void)argument;
    return -1;
}

int copenssl_server_use_key(SSL_CTX *context, const char *key_file) {
    ERR_clear_error();
    SSL_CTX_set_default_passwd_cb(context, no_password);
    if (SSL_CTX_use_PrivateKey_file(context, key_file, SSL_FILETYPE_PEM) == 1) {
        return SSL_CTX_check_private_key(context) == 1 ? 1 : -1;
    }
    // A key of the certificate's own kind is held against it while it is loaded.
    return ERR_GET_LIB(ERR_peek_last_error()) == ERR_LIB_X509 ? -1 : 0;
}

int copenssl_server_verify_clients(SSL_CTX *context, const char *authority_file, int required) {
    ERR_clear_error();
    STACK_OF(X509_NAME) *names = SSL_load_client_CA_file(authority_file);
    if (!names) return 0;
    SSL_CTX_set_client_CA_list(context, names);
    SSL_CTX_set_verify(
        context, SSL_VERIFY_PEER | (required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), NULL);
    return SSL_CTX_load_verify_locations(context, authority_file, NULL);
}

SSL *copenssl_server_session(SSL_CTX *context, int descriptor) {
    SSL *session = SSL_new(context);
    if (!session) return NULL;
    if (SSL_set_fd(session, descriptor) != 1) {
        SSL_free(session);
        return NULL;
    }
    SSL_set_accept_state(session);
    return session;
}

void copenssl_free_text(char *text) {
    OPENSSL_free(text);
}

void copenssl_last_error(char *text, size_t size) {
    unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    if (size == 0) return;
    text[0] = 0;
    if (code) ERR_error_string_n(code, text, size);
}
