"""What is asked to plan, to agree, to rate and to sign; to talk, to plan and to be mentored."""
