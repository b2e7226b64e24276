"""The arithmetic of `decimal`: numbers, the settings that results are rounded to, and the operations; `prelude/_decimal.guest` is the interface."""
