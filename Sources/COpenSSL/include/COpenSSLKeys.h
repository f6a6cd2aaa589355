// Public keys from the numbers that JSON Web Keys carry, and signatures checked with them.
#ifndef COPENSSL_KEYS_H
#define COPENSSL_KEYS_H
#include <openssl/evp.h>

// Big-endian numbers (RFC 7518 section 6.3.1). NULL when they make no key; freed with EVP_PKEY_free.
EVP_PKEY *copenssl_rsa_key(
    const unsigned char *modulus, size_t modulus_size,
    const unsigned char *exponent, size_t exponent_size);

// An uncompressed point of P-256: 0x04, 32 bytes of x, 32 bytes of y. NULL when it is not on the curve.
EVP_PKEY *copenssl_p256_key(const unsigned char *point, size_t point_size);

// 32 bytes (RFC 8032 section 5.1.5).
EVP_PKEY *copenssl_ed25519_key(const unsigned char *bytes, size_t size);

// 1 when the signature is the key's over the message. `digest` is NULL for Ed25519. Leaves no error behind.
int copenssl_verify(
    EVP_PKEY *key, const EVP_MD *digest,
    const unsigned char *signature, size_t signature_size,
    const unsigned char *message, size_t message_size);

// The same for ECDSA with r and s side by side, 32 bytes each (RFC 7518 section 3.4).
int copenssl_verify_p256(
    EVP_PKEY *key, const EVP_MD *digest,
    const unsigned char *signature, size_t signature_size,
    const unsigned char *message, size_t message_size);
#endif
