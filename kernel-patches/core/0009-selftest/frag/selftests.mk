TEST_GEN_PROGS += gup_pins
