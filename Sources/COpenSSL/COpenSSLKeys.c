#include "COpenSSL.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>

static EVP_PKEY *key_of(const char *type, OSSL_PARAM *parameters) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    if (context && parameters && EVP_PKEY_fromdata_init(context) == 1
        && EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
        EVP_PKEY_free(key);
        key = NULL;
    }
    EVP_PKEY_CTX_free(context);
    ERR_clear_error();
    return key;
}

EVP_PKEY *copenssl_rsa_key(
    const unsigned char *modulus, size_t modulus_size,
    const unsigned char *exponent, size_t exponent_size
) {
    EVP_PKEY *key = NULL;
    BIGNUM *n = BN_bin2bn(modulus, (int)modulus_size, NULL);
    BIGNUM *e = BN_bin2bn(exponent, (int)exponent_size, NULL);
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    if (n && e && build && OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, n)
        && OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, e)) {
        OSSL_PARAM *parameters = OSSL_PARAM_BLD_to_param(build);
        key = key_of("RSA", parameters);
        OSSL_PARAM_free(parameters);
    }
    OSSL_PARAM_BLD_free(build);
    BN_free(e);
    BN_free(n);
    return key;
}

EVP_PKEY *copenssl_p256_key(const unsigned char *point, size_t point_size) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)"prime256v1", 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (void *)point, point_size),
        OSSL_PARAM_construct_end(),
    };
    return key_of("EC", parameters);
}

EVP_PKEY *copenssl_ed25519_key(const unsigned char *bytes, size_t size) {
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, bytes, size);
    ERR_clear_error();
    return key;
}

int copenssl_verify(
    EVP_PKEY *key, const EVP_MD *digest,
    const unsigned char *signature, size_t signature_size,
    const unsigned char *message, size_t message_size
) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int is_genuine = context && EVP_DigestVerifyInit(context, NULL, digest, NULL, key) == 1
        && EVP_DigestVerify(context, signature, signature_size, message, message_size) == 1;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return is_genuine;
}

int copenssl_verify_p256(
    EVP_PKEY *key, const EVP_MD *digest,
    const unsigned char *signature, size_t signature_size,
    const unsigned char *message, size_t message_size
) {
    if (signature_size != 64) return 0;
    int is_genuine = 0;
    unsigned char *der = NULL;
    ECDSA_SIG *numbers = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(signature, 32, NULL);
    BIGNUM *s = BN_bin2bn(signature + 32, 32, NULL);
    if (numbers && r && s && ECDSA_SIG_set0(numbers, r, s) == 1) {
        // They are the signature's own now.
        r = s = NULL;
        int size = i2d_ECDSA_SIG(numbers, &der);
        is_genuine = size > 0
            && copenssl_verify(key, digest, der, (size_t)size, message, message_size);
    }
    OPENSSL_free(der);
    BN_free(r);
    BN_free(s);
    ECDSA_SIG_free(numbers);
    ERR_clear_error();
    return is_genuine;
}
