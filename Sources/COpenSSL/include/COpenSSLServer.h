// TLS for a listener: what OpenSSL offers as macros or callbacks only.
#ifndef COPENSSL_SERVER_H
#define COPENSSL_SERVER_H
#include <openssl/ssl.h>
#include <stdint.h>

// A server context: TLS 1.2 or newer, forward secrecy only, ALPN `http/1.1`, no renegotiation.
// NULL when OpenSSL has no memory.
SSL_CTX *copenssl_server_context(void);

// A PEM file, leaf certificate first; 1 on success. The error queue tells why not.
int copenssl_server_use_chain(SSL_CTX *context, const char *chain_file);

// A PEM file with the key of the certificate, which comes first; 1 on success, 0 where it cannot be read (without a
// password), -1 where it is another one's. The error queue tells why not.
int copenssl_server_use_key(SSL_CTX *context, const char *key_file);

// When the certificate in use begins and ends to be valid, in seconds since 1970; 1 on success.
int copenssl_server_validity(SSL_CTX *context, int64_t *begin, int64_t *end);

// Asks clients for a certificate of this authority; `required` refuses those without one.
int copenssl_server_verify_clients(SSL_CTX *context, const char *authority_file, int required);

// Whether a PEM file of authorities can be loaded whole.
int copenssl_holds_authorities(const char *file);

// A session that accepts on a connected socket; NULL without memory.
SSL *copenssl_server_session(SSL_CTX *context, int descriptor);

// The client's certificate, to be freed with X509_free; NULL unless one was shown and verified.
X509 *copenssl_verified_peer(SSL *session);

// Whether the client's certificate is one of the context's authorities, too; 1 for a client that showed none.
int copenssl_trusts_peer(SSL_CTX *context, SSL *session);

// Texts to be freed with copenssl_free_text; NULL without memory. The subject in RFC 2253 form.
char *copenssl_certificate_subject(X509 *certificate);

// The alternative names of kind DNS, URI and e-mail, one a line: "dns:portal.example\n". Names with blanks, control
// or other than ASCII characters are left out.
char *copenssl_certificate_names(X509 *certificate);

// SHA-256 of the certificate; 1 on success.
int copenssl_certificate_fingerprint(X509 *certificate, unsigned char fingerprint[32]);

// The end of its validity in seconds since 1970; 0 when it cannot be read.
int64_t copenssl_certificate_expiry(X509 *certificate);

void copenssl_free_text(char *text);

// Takes the newest error's text and empties the queue; "" when there is none.
void copenssl_last_error(char *text, size_t size);
#endif
