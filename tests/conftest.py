"""Shapes in llmbook's signatures are checked while the tests run."""

from jaxtyping import install_import_hook

# Before the first import of a module whose signatures hold shapes.
install_import_hook(
    [
        f"llmbook.{name}"
        for name in (
            "autograd_arrays",
            "bag_of_words",
            "layers",
            "model",
            "optimizers",
            "sampling",
            "quantize",
            "hub",
            "gguf_file",
            "llama_cpp",
            "engines",
            "compress",
            "inside",
            "packing",
            "prepare",
            "pretrain",
            "scaling",
            "torch_model",
            "torch_optim",
            "torch_sampling",
            "answers",
            "descent",
            "lora",
            "preferences",
            "reinforce",
            "classify",
            "rows",
            "tuning",
            "tune_assistant",
            "tune_classifier",
        )
    ],
    "typechecker.check",
)
