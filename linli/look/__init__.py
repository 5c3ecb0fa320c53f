"""The face of Linli 门面: page shell, parts, forms, style, elements, icons, skyline and answers."""
