"""Pages of this room: public checks, the holder's papers, the employer's filing, the office's release."""
