"""What the whole suite shares: a private home, watchdogs, the record of proofs."""
