"""Media (图片与附件): intake of pictures, video, sound and files without their metadata, storage, sending."""
