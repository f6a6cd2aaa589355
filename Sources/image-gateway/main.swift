print("image-gateway")
