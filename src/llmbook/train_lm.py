"""Train a language model on a text file; explained in the chapter "PyTorch" of "Getting started"."""

import json
from argparse import ArgumentParser
from math import inf, log
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone gives it
from safetensors.torch import save_file
from tokenizers import ByteLevelBPETokenizer
from torch import Tensor, nn

RUN = {"steps": 1000, "batch": 8, "seed": 0}
LM = {"vocab_size": 1024, "hidden_size": 128, "intermediate_size": 320, "num_hidden_layers": 6,
      "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 32,
      "max_position_embeddings": 256}  # fmt: skip
FIXED = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "rms_norm_eps": 1e-5,
         "tie_word_embeddings": True, "tokenizer_class": "PreTrainedTokenizerFast"}  # fmt: skip


class Block(nn.Module):
    """Attention, then a feed-forward network: each reads normalized vectors and adds to them."""

    def __init__(self, c: dict[str, int]) -> None:
        super().__init__()
        d, inner, self.size = c["hidden_size"], c["intermediate_size"], c["head_dim"]
        q, kv = c["num_attention_heads"] * self.size, c["num_key_value_heads"] * self.size
        attention = {"q_proj": (d, q), "k_proj": (d, kv), "v_proj": (d, kv), "o_proj": (q, d)}
        swiglu = {"gate_proj": (d, inner), "up_proj": (d, inner), "down_proj": (inner, d)}
        self.self_attn, self.mlp = (
            nn.ModuleDict({name: nn.Linear(*shape, bias=False) for name, shape in part.items()})
            for part in (attention, swiglu)
        )
        self.input_layernorm, self.post_attention_layernorm = (nn.RMSNorm(d, 1e-5) for _ in "12")

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:  # [B, T, d] in and out
        w, y = self.self_attn, self.input_layernorm(x)
        q, k, v = (w[f"{n}_proj"](y).unflatten(2, (-1, self.size)).transpose(1, 2) for n in "qkv")
        q, k = (t * cos + t.roll(self.size // 2, -1) * sin for t in (q, k))  # RoPE
        read = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
        x = x + w["o_proj"](read.transpose(1, 2).flatten(2))
        w, y = self.mlp, self.post_attention_layernorm(x)
        return x + w["down_proj"](F.silu(w["gate_proj"](y)) * w["up_proj"](y))


class Llama(nn.Module):
    """The whole model; its weights have the names of a Hugging Face checkpoint."""

    def __init__(self, c: dict[str, int]) -> None:
        super().__init__()
        blocks = nn.ModuleList(Block(c) for _ in range(c["num_hidden_layers"]))
        self.model = nn.ModuleDict({"layers": blocks, "norm": nn.RMSNorm(c["hidden_size"], 1e-5)})
        self.model["embed_tokens"] = nn.Embedding(c["vocab_size"], c["hidden_size"])
        nn.init.constant_(self.model["norm"].weight, 0.02)  # the first guesses are nearly uniform
        speeds = 10_000.0 ** -(torch.arange(0, c["head_dim"], 2) / c["head_dim"])
        angles = torch.outer(torch.arange(c["max_position_embeddings"]), speeds)
        self.register_buffer("angles", torch.cat((-angles, angles), 1), persistent=False)

    def forward(self, tokens: Tensor) -> Tensor:  # [B, T] in, logits [B, T, vocab_size] out
        x, angles = self.model["embed_tokens"](tokens), self.get_buffer("angles")[: tokens.shape[1]]
        for block in self.model["layers"]:
            x = block(x, angles.cos(), angles.sin())
        return F.linear(self.model["norm"](x), self.model["embed_tokens"].weight)  # tied

    def loss(self, rows: Tensor) -> Tensor:  # in bits per token
        with torch.autocast(rows.device.type, torch.bfloat16, enabled=rows.is_cuda):
            return F.cross_entropy(self(rows[:, :-1]).flatten(0, 1), rows[:, 1:].flatten()) / log(2)


def main(argv: list[str] | None = None) -> None:
    """Learn from a text, and write the folder of a model."""
    parser = ArgumentParser(description=main.__doc__)
    for name in ("text", "folder"):
        parser.add_argument(name, type=Path)
    for name, default in (LM | RUN).items():
        parser.add_argument(f"--{name}", type=int, default=default)
    a = parser.parse_args(argv)
    try:
        text = a.text.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        parser.exit(2, f"{a.text}: {error}\n")
    parts = text[: len(text) * 9 // 10], text[len(text) * 9 // 10 :]  # to learn from, and held out
    tokenizer = ByteLevelBPETokenizer()
    tokenizer.train_from_iterator(parts[:1], a.vocab_size, show_progress=False)
    learn, held = (torch.tensor(tokenizer.encode(part).ids) for part in parts)
    if len(held) < (n := a.max_position_embeddings + 1) or a.folder.exists():
        parser.exit(2, f"{a.folder} exists\n" if a.folder.exists() else f"{a.text} is too short\n")
    c = {name: getattr(a, name) for name in LM} | {"vocab_size": tokenizer.get_vocab_size()}
    a.folder.mkdir(parents=True)
    (a.folder / "config.json").write_text(json.dumps(FIXED | c, indent=2))
    tokenizer.save(str(a.folder / "tokenizer.json"))
    torch.manual_seed(a.seed)
    device = torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")
    model, best = Llama(c).to(device), inf
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.95), weight_decay=0)
    for step, done in enumerate(torch.linspace(0, 1, a.steps + 1).tolist()):
        if step * 10 % a.steps < 10:  # look at the held-out text, and keep the best model
            with torch.no_grad():
                loss = model.loss(held.unfold(0, n, n - 1)[: 4 * a.batch].to(device)).item()
            print(f"step {step}: {loss * len(held) / len(parts[1].encode()):.3f} bits per byte")
            if loss < best:
                best = loss
                save_file(model.state_dict(), a.folder / "new", {"format": "pt"})
                (a.folder / "new").replace(a.folder / "model.safetensors")
        starts = torch.randint(len(learn) - n + 1, (a.batch,))
        model.loss(torch.stack([learn[i : i + n] for i in starts]).to(device)).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimizer.param_groups[0]["lr"] = 0.01 * min(50 * done, 1, 1.25 * (1 - done))
        optimizer.step()
        optimizer.zero_grad()
    ids = held[None, :8].to(device)
    while ids.shape[1] < min(100, n):  # show what it writes
        ids = torch.cat((ids, (model(ids)[0, -1] / 0.8).softmax(0).multinomial(1)[None]), 1)
    print(tokenizer.decode(ids[0].tolist()))


if __name__ == "__main__":
    main()
