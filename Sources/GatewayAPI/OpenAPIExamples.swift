internal import JSONText

/// Example values that several parts of the document show.
enum OpenAPIExamples {
    static var image: JSONValue {
        [
            "id": "huawei-ims:cn-north-4:bc6bed6e-ba3a-4447-afcc-449174a3eb52",
            "provider": "huawei-ims", "region": "cn-north-4",
            "native_id": "bc6bed6e-ba3a-4447-afcc-449174a3eb52",
            "name": "CentOS 7.3 64bit vivado", "description": nil, "os": system,
            "architecture": "x86_64", "visibility": "public", "status": "available",
            "boot_mode": "bios", "size_bytes": nil, "min_disk_gb": 100, "min_ram_mb": 2048,
            "created_at": "2018-09-06T14:03:27Z", "updated_at": "2018-09-06T15:17:33Z", "tags": [],
            "sources": ["huawei-bj4"],
        ]
    }

    static var system: JSONValue {
        [
            "family": "linux", "distribution": "centos", "version": "7.3",
            "label": "CentOS 7.3 64bit",
        ]
    }

    static var list: JSONValue {
        [
            "images": [image], "next_cursor": "6B9XBZm5894SZ8Mo3rIYgudr0XFV2S8dq2B6FRowe5Ye",
            "total": 321, "complete": false, "upstreams": [goodUpstream, failedUpstream],
            "facets": ["os_distribution": ["ubuntu": 222, "centos": 99]],
        ]
    }

    static var goodUpstream: JSONValue {
        [
            "id": "huawei-bj4", "provider": "huawei-ims", "region": "cn-north-4", "state": "cached",
            "matched": 321, "fetched_at": "2026-03-01T10:00:00Z", "age_seconds": 12,
            "latency_ms": 843, "error": nil,
        ]
    }

    static var failedUpstream: JSONValue {
        [
            "id": "gmi-global", "provider": "gmi", "region": nil, "state": "failed", "matched": 0,
            "fetched_at": nil, "age_seconds": nil, "latency_ms": nil, "error": error,
        ]
    }

    static var error: JSONValue {
        [
            "type": "urn:image-gateway:problem:connection-failed", "title": "Connection failed",
            "status": nil, "detail": "the connection to the upstream was refused or is unreachable",
            "provider_code": nil, "retryable": true, "retry_after_seconds": nil,
        ]
    }

    static var standing: JSONValue {
        [
            "id": "huawei-bj4", "provider": "huawei-ims", "region": "cn-north-4", "enabled": true,
            "tags": ["prod"], "state": "cached", "loading": false, "images_loaded": nil,
            "images": 321, "restored": false, "fetched_at": "2026-03-01T10:00:00Z",
            "age_seconds": 12, "latency_ms": 843, "ttl_seconds": 600, "breaker": "closed",
            "next_probe_seconds": nil, "walks": 1, "calls": 4, "retries": 0,
            "schema_drift": ["unknown:new_member": 1], "last_error": nil,
        ]
    }

    static var parameters: JSONValue {
        [
            [
                "name": "os_famly", "value": "[redacted]",
                "detail": "is not a parameter; did you mean 'os_family'?",
            ]
        ]
    }
}
