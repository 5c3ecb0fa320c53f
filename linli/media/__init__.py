"""Media (图片): intake of pictures without their metadata, sizes, storage, sending."""
