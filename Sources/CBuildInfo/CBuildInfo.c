#include "CBuildInfo.h"

#ifndef IMAGE_GATEWAY_COMMIT
#define IMAGE_GATEWAY_COMMIT "unknown"
#endif

const char *build_info_commit(void) {
    return IMAGE_GATEWAY_COMMIT;
}
