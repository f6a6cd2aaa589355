// TLS for a listener: what OpenSSL offers as macros or callbacks only.
#ifndef COPENSSL_SERVER_H
#define COPENSSL_SERVER_H
#include <openssl/ssl.h>

// A server context: TLS 1.2 or newer, forward secrecy only, ALPN `http/1.1`, no renegotiation.
// NULL when OpenSSL has no memory.
SSL_CTX *copenssl_server_context(void);

// PEM files; 1 on success. The error queue tells why not.
int copenssl_server_use_certificate(SSL_CTX *context, const char *chain_file, const char *key_file);

// Asks clients for a certificate of this authority; `required` refuses those without one.
int copenssl_server_verify_clients(SSL_CTX *context, const char *authority_file, int required);

// A session that accepts on a connected socket; NULL without memory.
SSL *copenssl_server_session(SSL_CTX *context, int descriptor);

// The subject of a verified client certificate in RFC 2253 form, to be freed with
// copenssl_free_text; NULL without one.
char *copenssl_peer_subject(SSL *session);

void copenssl_free_text(char *text);

// Takes the newest error's text and empties the queue; "" when there is none.
void copenssl_last_error(char *text, size_t size);
#endif
