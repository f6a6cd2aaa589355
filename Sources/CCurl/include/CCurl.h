// libcurl for Swift: `curl_easy_setopt` and its kin are variadic, which Swift cannot call.
#ifndef CCURL_H
#define CCURL_H
#include <curl/curl.h>
#endif
