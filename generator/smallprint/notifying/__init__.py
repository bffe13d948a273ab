"""What was decided → mail in inboxes, and proof of it: plan, texts, messages, ledger, transports."""
