// libcurl for Swift: `curl_easy_setopt` and its kin are variadic, which Swift cannot call.
#ifndef CCURL_H
#define CCURL_H
#include <curl/curl.h>
#include <stdbool.h>

// Initialises the library; may be called any number of times, from any thread.
bool ccurl_initialise(void);
// Whether names are resolved on a thread of libcurl's own.
bool ccurl_resolves_asynchronously(void);
// OpenSSL writes without MSG_NOSIGNAL; a thread that drives libcurl must not die of a closed peer.
void ccurl_block_broken_pipe_signal(void);

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_size(CURL *easy, CURLoption option, curl_off_t value);
// The string is copied; NULL restores "none".
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value);
// A URL that is parsed already, the list and the buffer stay the caller's and must outlive the transfer.
CURLcode ccurl_set_url(CURL *easy, CURLU *url);
CURLcode ccurl_set_fields(CURL *easy, struct curl_slist *fields);
CURLcode ccurl_set_error_text(CURL *easy, char *buffer);
// The bytes are copied.
CURLcode ccurl_set_body(CURL *easy, const void *bytes, size_t count);
CURLcode ccurl_set_authorities(CURL *easy, const void *pem, size_t count);

typedef size_t (*ccurl_receiver)(char *bytes, size_t size, size_t count, void *context);
CURLcode ccurl_set_receivers(CURL *easy, ccurl_receiver head, ccurl_receiver body, void *context);
// Called instead of close(2) for every socket of a connection that this transfer opens.
typedef int (*ccurl_closer)(void *context, curl_socket_t socket);
CURLcode ccurl_set_closer(CURL *easy, ccurl_closer closer, void *context);

// How often a request was sent. libcurl sends one again, up to five times, where a kept connection ends before an answer
// begins: here the second time takes a new connection, on which there is no third.
typedef struct { CURL *easy; long count; } ccurl_sendings;
CURLcode ccurl_set_sendings(CURL *easy, ccurl_sendings *sendings);

// 0 where libcurl does not know.
long ccurl_get_long(CURL *easy, CURLINFO info);
curl_off_t ccurl_get_size(CURL *easy, CURLINFO info);
// The socket of the last connection, or -1 where it is no longer open.
curl_socket_t ccurl_get_socket(CURL *easy);

int ccurl_close(curl_socket_t socket);
// Whether an idle socket held bytes that nobody asked for. It is then drained and shut down, so that
// libcurl finds it dead.
bool ccurl_retire_if_unasked(curl_socket_t socket);

typedef int (*ccurl_socket_change)(CURL *, curl_socket_t, int what, void *context, void *unused);
typedef int (*ccurl_timer_change)(CURLM *multi, long milliseconds, void *context);
CURLMcode ccurl_multi_configure(CURLM *multi, ccurl_socket_change socket_change,
                                ccurl_timer_change timer_change, void *context,
                                long idle_connection_count_max);
// No callback is made from here on.
void ccurl_multi_silence(CURLM *multi);
CURLMcode ccurl_multi_act(CURLM *multi, curl_socket_t socket, int ready);
// The next transfer that has ended, or NULL.
CURL *ccurl_multi_next_ended(CURLM *multi, CURLcode *result);
#endif
