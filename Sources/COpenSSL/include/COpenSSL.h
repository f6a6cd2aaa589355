// OpenSSL for Swift: digests, HMAC, AES-GCM and TLS; macros wrapped where Swift cannot see them.
#ifndef COPENSSL_H
#define COPENSSL_H
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>

#include "COpenSSLKeys.h"
#include "COpenSSLServer.h"
#endif
